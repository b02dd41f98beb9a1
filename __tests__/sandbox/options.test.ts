import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions, UsageError } from '../../sandbox/options.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function file(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  folders.push(folder);
  writeFileSync(join(folder, 'faults.json'), content);
  return join(folder, 'faults.json');
}

describe('wrong options', () => {
  test.each([
    [['--unknown'], '--unknown'],
    [['extra'], 'extra'],
    [['--port'], '--port'],
    [['--port', '70000'], '--port must be'],
    [['--apps=-1'], '--apps must be'],
    [['--latency', '1.5'], '--latency must be'],
    [['--rate', '0'], '--rate must be'],
    [['--github-rate', 'x'], '--github-rate must be'],
    [['--auth-port', '65536'], '--auth-port must be'],
    [['--faults', '/does/not/exist'], 'cannot be read'],
  ])('%j', (flags, message) => {
    expect(() => readOptions(flags)).toThrow(UsageError);
    expect(() => readOptions(flags)).toThrow(message);
  });

  test.each([
    ['nonsense', 'is not JSON'],
    ['{}', 'is not a list of faults'],
    ['[{"do":{"nonsense":1}}]', 'is not a list of faults'],
  ])('a file of faults: %s', (content, message) => {
    expect(() => readOptions(['--faults', file(content)])).toThrow(message);
  });
});
