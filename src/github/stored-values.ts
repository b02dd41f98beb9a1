// The part of the summary about where the credentials are and how a workflow uses them.
import { inline, shown } from '../text.ts';
import { parseTarget } from './names.ts';

/**
 * Text from outside as literal Markdown: every character with a meaning in Markdown or HTML is escaped. Credentials are
 * redacted before (`Runner.summarize`).
 */
export function plainText(value: string, limit?: number): string {
  return shown(inline(shown(value), limit)).replace(
    /[&<>"'`*_~|[\](){}#+\-.!\\:@/$=^]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

/** The same as code. Backquotes would show the escapes literally. */
export function code(value: string): string {
  return `<code>${plainText(value)}</code>`;
}

/** A table; the cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row), ''];
}

/** Lines of code in a fence that none of them can close. Text from outside in them has passed `inline`. */
export function codeBlock(language: string, lines: readonly string[]): string[] {
  const longest = Math.max(0, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}${language}`, ...lines, fence, ''];
}

/** The secrets and variables that a target has; one entry of the output `stored`. */
export interface StoredNames {
  /** The target as `formatTarget` writes it. */
  readonly target: string;
  readonly secrets: readonly string[];
  readonly variables: readonly string[];
  /** False if the target had these values already. */
  readonly written?: boolean;
}

/** Where the credentials are now. */
export interface DeliveryFacts {
  readonly stored: readonly StoredNames[];
  /** The files for PingDataSync, relative to the workspace. */
  readonly files: readonly string[];
  /** Whether the step has outputs, and whether the secret is one of them. */
  readonly outputs: 'all' | 'without-secret' | 'none';
}

/**
 * Where each value is stored and which jobs can read it, as rows of a table. Source: GitHub docs, "Secrets reference":
 * secrets of repositories and organizations are read when a run is queued, those of environments when a job starts.
 */
export function deliveredRows({ stored, files, outputs }: DeliveryFacts): readonly (readonly string[])[] {
  return [
    ...stored.map((storedTarget) => [
      targetCell(storedTarget.target),
      namesCell(storedTarget),
      readableCell(storedTarget.target),
    ]),
    ...(files.length > 0
      ? [['Files in the workspace', files.map(code).join('<br>'), 'by later steps of this job']]
      : []),
    ...(outputs === 'none'
      ? []
      : [
          [
            'Outputs of this step',
            ['client-id', ...(outputs === 'all' ? ['client-secret'] : []), 'environment-id'].map(code).join('<br>'),
            'by later steps of this job',
          ],
        ]),
  ];
}

/** The name of the GitHub environment; undefined for other targets. */
function environmentIn(target: string): string | undefined {
  const secretTarget = parseTarget(target);
  return secretTarget?.kind === 'github-environment' ? secretTarget.name : undefined;
}

function targetCell(target: string): string {
  const environment = environmentIn(target);
  return environment === undefined ? `Secrets of the ${target}` : `GitHub environment ${code(environment)}`;
}

function namesCell({ secrets, variables, written = true }: StoredNames): string {
  const names = [...secrets.map(code), ...variables.map((name) => `${code(name)} (variable)`)];
  return [...names, ...(written ? [] : ['unchanged'])].join('<br>');
}

function readableCell(target: string): string {
  if (environmentIn(target) !== undefined) return 'by jobs that **start** from now on, in this run too';
  const whose = target === 'organization' ? ' in the repositories that may see them' : '';
  return `by runs that are **queued** from now on${whose}; not by other jobs of this run`;
}

/**
 * How a workflow uses the credentials. A GitHub environment comes first, since later jobs of the same run can read it.
 *
 * @param job the job that this step runs in, by its ID
 */
export function nextSteps({ stored, files, outputs }: DeliveryFacts, job: string): readonly string[] {
  const environment = stored.find(({ target }) => environmentIn(target) !== undefined);
  const storedTarget = environment ?? stored[0];
  if (storedTarget) return storedSteps(storedTarget, job);
  if (files.length > 0) return fileSteps(files);
  return outputs === 'none' ? [] : outputSteps(outputs);
}

function storedSteps(stored: StoredNames, job: string): readonly string[] {
  const environment = environmentIn(stored.target);
  const expression = (ending: string): string => {
    const variable = stored.variables.find((name) => name.endsWith(ending));
    const secret = stored.secrets.find((name) => name.endsWith(ending)) ?? '';
    return variable === undefined ? `\${{ secrets.${secret} }}` : `\${{ vars.${variable} }}`;
  };
  return [
    environment !== undefined
      ? 'A later job, of this run or another, can read them if it names the GitHub environment:'
      : 'Jobs of later runs can read them:',
    '',
    ...codeBlock('yaml', [
      'sync:',
      ...(environment !== undefined && job !== '' ? [`  needs: ${job}`] : []),
      ...(environment === undefined ? [] : [`  environment: ${yamlText(environment)}`]),
      '  runs-on: ubuntu-latest',
      '  steps:',
      '    - run: ./start-sync.sh',
      '      env:',
      `        PING_ONE_ENV_ID: ${expression('ENVIRONMENT_ID')}`,
      `        PING_ONE_OAUTH_CLIENT_ID: ${expression('CLIENT_ID')}`,
      `        PING_ONE_OAUTH_CLIENT_SECRET: ${expression('CLIENT_SECRET')}`,
    ]),
  ];
}

function fileSteps(files: readonly string[]): readonly string[] {
  const [env = '', secret = ''] = files.map((file) => `'${shown(inline(file)).replaceAll("'", `'\\''`)}'`);
  return [
    'A later step of this job can create the Kubernetes resources for PingDataSync from the files:',
    '',
    ...codeBlock('sh', [
      `kubectl create configmap ping-one --from-env-file=${env}`,
      `kubectl create secret generic ping-one --from-file=${secret}`,
    ]),
  ];
}

function outputSteps(outputs: 'all' | 'without-secret'): readonly string[] {
  return [
    'Later steps of this job can read them, if this step has `id: worker`. For another job, set `store-in` to a GitHub environment.',
    '',
    ...codeBlock('yaml', [
      '- run: ./start-sync.sh',
      '  env:',
      '    PING_ONE_ENV_ID: ${{ steps.worker.outputs.environment-id }}',
      '    PING_ONE_OAUTH_CLIENT_ID: ${{ steps.worker.outputs.client-id }}',
      ...(outputs === 'all' ? ['    PING_ONE_OAUTH_CLIENT_SECRET: ${{ steps.worker.outputs.client-secret }}'] : []),
    ]),
  ];
}

/** A YAML scalar: plain if YAML reads it as this text, else as a JSON string. */
function yamlText(value: string): string {
  const line = shown(inline(value));
  const isPlain = /^[A-Za-z][A-Za-z0-9_./-]*$/.test(line) && !/^(null|true|false|yes|no|on|off|y|n)$/i.test(line);
  return isPlain ? line : JSON.stringify(line);
}
