import type { StepResult } from '../../sandbox/runner/step-result.ts';

/** A value that must not be visible, with its name for messages: `the admin secret`. */
export interface Secret {
  readonly label: string;
  readonly value: string;
  /** The client id that is sent with it, if it is a client secret. */
  readonly clientId?: string;
}

/** The outputs that may hold a secret: the worker's own, and a token for it. */
const secretOutputs: readonly string[] = ['client-secret', 'access-token'];

/** The one file that may hold a secret, and only the worker's own. */
const secretFile = /-oauth-client-secret$/;

/**
 * Where a run shows a secret, in any form in which it may turn up: one line for each place, none where all is well.
 * Looked at is everything that leaves the step, as it was written and before any masking: all lines of both streams but
 * `::add-mask::`, the summary, the environment file, the state, each output but the one that holds the secret, and each
 * file in the workspace and in RUNNER_TEMP but the one that does.
 */
export function findLeaks(result: StepResult, secrets: readonly Secret[]): string[] {
  const forms = secrets.flatMap((secret) => formsOf(secret).map((form) => ({ form, label: secret.label })));
  return placesOf(result).flatMap(({ place, text }) =>
    forms.filter(({ form }) => text.includes(form)).map(({ label }) => `${place} shows ${label}: ${cut(text)}`),
  );
}

/** Fails where a run shows one of these, whatever it was run for. */
export function insistOnDiscretion(result: StepResult, secrets: readonly Secret[]): void {
  const leaks = findLeaks(result, secrets);
  if (leaks.length > 0) throw new Error(`The run shows secrets:\n${leaks.join('\n')}`);
}

/** The secrets that a run came by and did not mask in each form that GitHub's runner does not find by itself. */
export function findUnmasked(result: StepResult, secrets: readonly Secret[]): string[] {
  return secrets.flatMap((secret) =>
    Object.entries(formsToMask(secret))
      .filter(([, form]) => !result.masks.includes(form))
      .map(([name]) => `${secret.label} is not masked ${name}`),
  );
}

interface Place {
  readonly place: string;
  readonly text: string;
}

function placesOf(result: StepResult): Place[] {
  const lines = result.events.flatMap((event): Place[] =>
    event.kind === 'line' && !event.text.startsWith('::add-mask::')
      ? [{ place: `a line of ${event.stream}`, text: event.text }]
      : [],
  );
  const { summary, env, state, path, outputs, files } = result;
  const handedOn = [...outputs].filter(([name]) => !secretOutputs.includes(name));
  const written = [...files].filter(([name]) => !secretFile.test(name));
  return [
    ...lines,
    { place: 'the summary', text: summary.raw },
    ...[...env].map(([name, text]) => ({ place: `the environment variable ${name}`, text })),
    ...[...state].map(([name, text]) => ({ place: `the state ${name}`, text })),
    ...path.map((text) => ({ place: 'the path', text })),
    ...handedOn.map(([name, text]) => ({ place: `the output ${name}`, text })),
    ...written.map(([name, text]) => ({ place: `the file ${name}`, text })),
  ];
}

/**
 * A secret as it may be written: plain, encoded for a form, a URL or JSON, in hexadecimal, in base64 of either alphabet
 * with and without its padding, and as a Basic header holds it.
 */
function formsOf(secret: Secret): string[] {
  const { value } = secret;
  const inJson = JSON.stringify(value).slice(1, -1);
  const encoded = [base64(value).replace(/=+$/, ''), Buffer.from(value).toString('base64url')];
  const hex = Buffer.from(value).toString('hex');
  return [...new Set([...Object.values(formsToMask(secret)), encodeURIComponent(value), inJson, ...encoded, hex])];
}

/** Design, "Masking": the secret, its form-encoded form, and `base64(id:secret)`, which RFC 6749 form-encodes first. */
function formsToMask({ value, clientId }: Secret): Record<string, string> {
  const form = formEncoded(value);
  const alone = { 'as it is': value, 'form-encoded': form };
  if (clientId === undefined) return alone;
  return {
    ...alone,
    'as base64(id:secret)': base64(`${clientId}:${value}`),
    'as base64(id:secret), both form-encoded': base64(`${formEncoded(clientId)}:${form}`),
  };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const formEncoded = (text: string): string => new URLSearchParams({ a: text }).toString().slice(2);
const cut = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
