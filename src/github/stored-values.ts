// The part of the summary that says where the credentials are and how a workflow uses them.
import { inline, shown } from '../text.ts';
import { parseTarget } from './names.ts';

/**
 * Text from outside as Markdown shows it literally: every character that Markdown or HTML gives a meaning to, escaped.
 * Credentials have been taken out before (`Runner.summarize`).
 */
export function plainText(value: string, limit?: number): string {
  return shown(inline(shown(value), limit)).replace(
    /[&<>"'`*_~|[\](){}#+\-.!\\:@/$=^]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

/** The same in the typewriter face. Backquotes would show the escapes as they are. */
export function code(value: string): string {
  return `<code>${plainText(value)}</code>`;
}

/** A table; the cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row), ''];
}

/** Lines of code, in a fence that none of them can close; they hold no text from outside but what `inline` has passed. */
export function codeBlock(language: string, lines: readonly string[]): string[] {
  const longest = Math.max(0, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}${language}`, ...lines, fence, ''];
}

/** What a target in GitHub was given; one entry of the output `stored`. */
export interface StoredNames {
  /** The target by its word (`formatTarget`). */
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
 * Where each value went and when it can be read there, as rows of a table. Source: GitHub docs, "Secrets reference":
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

/** The GitHub environment that a target is; undefined for the other targets. */
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
 * What to write into a workflow to use the credentials: for the target that reaches furthest.
 *
 * @param job the job that this step runs in, by its id
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
      ? 'A later job, of this run or another, reads them by naming the GitHub environment:'
      : 'A job of a later run reads them:',
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
    'A later step of this job gives them to the cluster that PingDataSync runs in:',
    '',
    ...codeBlock('sh', [
      `kubectl create configmap ping-one --from-env-file=${env}`,
      `kubectl create secret generic ping-one --from-file=${secret}`,
    ]),
  ];
}

function outputSteps(outputs: 'all' | 'without-secret'): readonly string[] {
  return [
    'A later step of this job reads them, with `id: worker` on this one. Another job does not: `store-in` with a GitHub environment takes them there.',
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

/** A YAML scalar: plain if YAML reads it as this text, else in double quotes, as JSON writes it. */
function yamlText(value: string): string {
  const line = shown(inline(value));
  const isPlain = /^[A-Za-z][A-Za-z0-9_./-]*$/.test(line) && !/^(null|true|false|yes|no|on|off|y|n)$/i.test(line);
  return isPlain ? line : JSON.stringify(line);
}
