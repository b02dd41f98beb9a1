/** No secret anywhere but where it is meant to be: to be asserted after every run of the bundle. */
import type { StepResult } from '../../sandbox/runner/step-result.ts';

/** A secret as it may be written: plain, in base64 (with and without padding, of URLs), in a URL, in a form, in JSON. */
function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  const forms = [
    secret,
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('hex'),
  ];
  return [...new Set(forms)];
}

/** The text without the commands that are there to hide a value. */
const withoutMasks = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');

/**
 * Where a secret is that it should not be; empty when it is nowhere. Raw streams are looked at, before the runner hides
 * anything: a secret that was printed must not depend on being hidden.
 *
 * @param secrets by a name for the message; empty ones are skipped
 */
export function leaksIn(step: StepResult, secrets: Readonly<Record<string, string | undefined>>): string[] {
  const files = step.phases.map(({ files: { env, path, state } }) => [env, path, state].map(String).join('\n'));
  const places = {
    stdout: withoutMasks(step.stdout),
    stderr: step.stderr,
    summary: step.summary.raw,
    'a command file other than the outputs': files.join('\n'),
    'an annotation': step.annotations.map(({ message, properties }) => message + JSON.stringify(properties)).join('\n'),
  };
  return Object.entries(secrets).flatMap(([name, secret]) =>
    secret === undefined || secret === ''
      ? []
      : Object.entries(places)
          .filter(([, text]) => formsOf(secret).some((form) => text.includes(form)))
          .map(([place]) => `${name} is in ${place}`),
  );
}

/** Output values other than `client-secret` that hold a secret. */
export function leaksInOutputs(step: StepResult, secrets: Readonly<Record<string, string | undefined>>): string[] {
  const others = [...step.outputs].filter(([name]) => name !== 'client-secret');
  return Object.entries(secrets).flatMap(([name, secret]) =>
    others
      .filter(([, value]) => secret !== undefined && secret !== '' && value.includes(secret))
      .map(([output]) => `${name} is in the output ${output}`),
  );
}
