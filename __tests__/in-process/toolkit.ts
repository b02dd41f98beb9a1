import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { Core } from '../../src/github/runner.ts';

/** `@actions/core`, as far as the action uses it, for one of several steps in a process. */
export interface PrintingToolkit {
  readonly core: Core;
  /** Whether the step was failed. */
  readonly isFailed: () => boolean;
}

/**
 * What `@actions/core` writes, but to `print` and to the files of this environment: its own functions know one stdout
 * and one `process.env`. That the real one writes the same is what the tests of the bundle are there for.
 */
export function printingToolkit(
  env: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): PrintingToolkit {
  let failed = false;
  const command =
    (name: string) =>
    (data: unknown, { title = '' } = {}) =>
      print(`::${name}${title === '' ? '' : ` title=${escapeProperty(title)}`}::${escapeData(String(data))}\n`);
  const core = {
    setSecret: command('add-mask'),
    debug: command('debug'),
    notice: command('notice'),
    warning: command('warning'),
    startGroup: command('group'),
    endGroup: () => print('::endgroup::\n'),
    info: (line: string) => print(`${line}\n`),
    setFailed(message: string, properties: { title: string }) {
      failed = true;
      command('error')(message, properties);
    },
    setOutput(name: string, value: unknown) {
      const file = env['GITHUB_OUTPUT'];
      if (!file) {
        print(`\n::set-output name=${name}::${escapeData(String(value))}\n`);
        return;
      }
      const delimiter = `ghadelimiter_${randomUUID()}`;
      appendFileSync(file, `${name}<<${delimiter}\n${String(value)}\n${delimiter}\n`);
    },
    saveState(name: string, value: unknown) {
      const delimiter = `ghadelimiter_${randomUUID()}`;
      appendFileSync(env['GITHUB_STATE'] ?? '', `${name}<<${delimiter}\n${String(value)}\n${delimiter}\n`);
    },
    appendFile: (path: string, text: string) => appendFileSync(path, text),
  };
  return { core, isFailed: () => failed };
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
