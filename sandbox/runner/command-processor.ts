import type { Command } from './commands.ts';
import { parseCommand } from './commands.ts';
import type { AnnotationLevel, Stream } from './events.ts';
import type { StepLog } from './log.ts';

const STOP_COMMAND = 'stop-commands';

type Handler = (command: Command) => void;

/**
 * Takes each line of a step's output and does what the command in it says; what is no command goes to the log.
 * Both streams go through one processor: stderr may hold commands too, and `stop-commands` stops both.
 * Source: actions/runner, src/Runner.Worker/ActionCommandManager.cs and Handlers/OutputManager.cs.
 */
export class CommandProcessor {
  readonly #log: StepLog;
  readonly #handlers: ReadonlyMap<string, Handler>;
  readonly #registered: Set<string>;
  #stopToken: string | undefined;
  /** `::echo::on` shows processed commands in the log; debugging switches it on from the start. */
  #echo: boolean;

  constructor(log: StepLog) {
    this.#log = log;
    this.#echo = log.debugEnabled;
    this.#handlers = this.#createHandlers();
    this.#registered = new Set([STOP_COMMAND, ...this.#handlers.keys()]);
  }

  process(text: string, stream: Stream): void {
    this.#log.record({ kind: 'line', stream, text });
    const command = parseCommand(text, this.#registered);
    if (!command || !this.#accept(command, text)) this.#log.write(text);
  }

  /** Whether the line is dealt with; if not, it is plain output. */
  #accept(command: Command, line: string): boolean {
    if (this.#stopToken !== undefined) {
      if (command.name !== this.#stopToken) return false;
      this.#registered.delete(this.#stopToken);
      this.#stopToken = undefined;
      this.#log.write(line);
      return true;
    }
    if (command.name === STOP_COMMAND) this.#stop(command.data, line);
    else this.#handle(command, line);
    return true;
  }

  #stop(token: string, line: string): void {
    const name = token.toLowerCase();
    // A token that anybody can guess would let printed text switch commands on again.
    if (name === '' || name === 'pause-logging' || this.#registered.has(name)) {
      this.#log.failCommand(`command '${line}'`, `'${token}' cannot be used as the token of ${STOP_COMMAND}.`);
      return;
    }
    if (token.length > 6) this.#log.masker.add(token);
    this.#log.write(line);
    this.#stopToken = name;
    this.#registered.add(name);
  }

  #handle(command: Command, line: string): void {
    if (this.#echo && ECHOED.has(command.name)) this.#log.write(line);
    this.#handlers.get(command.name)?.(command);
  }

  #createHandlers(): Map<string, Handler> {
    const annotate =
      (level: AnnotationLevel): Handler =>
      ({ data, properties }) =>
        this.#log.issue(level, data, properties);
    return new Map<string, Handler>([
      ['add-mask', ({ data }) => this.#addMask(data)],
      ['debug', ({ data }) => this.#log.debug(data)],
      ['error', annotate('error')],
      ['warning', annotate('warning')],
      ['notice', annotate('notice')],
      ['group', ({ data }) => this.#log.write(`##[group]${data}`)],
      ['endgroup', () => this.#log.write('##[endgroup]')],
      ['echo', ({ data }) => this.#setEcho(data)],
      ['set-output', ({ name }) => this.#deprecate(name)],
      ['save-state', ({ name }) => this.#deprecate(name)],
      ['set-env', ({ name }) => this.#refuse(name)],
      ['add-path', ({ name }) => this.#refuse(name)],
      // Problem matchers are not modelled: registering one is taken and has no effect.
      ['add-matcher', () => undefined],
      ['remove-matcher', () => undefined],
    ]);
  }

  #addMask(value: string): void {
    if (value.trim() === '') {
      this.#log.issue('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
      return;
    }
    if (this.#echo) this.#log.write('::add-mask::***');
    this.#log.masker.addSecret(value);
    this.#log.record({ kind: 'mask', value });
  }

  #setEcho(value: string): void {
    const setting = value.trim().toLowerCase();
    if (setting === 'on') this.#echo = true;
    else if (setting === 'off') this.#echo = false;
    else this.#log.failCommand(`command '::echo::${value}'`, `Invalid echo command value: '${value}'.`);
  }

  /** Stricter than the runner, which still obeys these with a warning: here nothing may come to rely on them. */
  #deprecate(name: string): void {
    this.#log.issue('warning', `The \`${name}\` command is deprecated; this runner ignores it. Use Environment Files.`);
  }

  #refuse(name: string): void {
    this.#log.failCommand(`command '${name}'`, `The \`${name}\` command is disabled. Use Environment Files.`);
  }
}

/** The commands whose line is shown while echo is on; the others are shown by what they do. */
const ECHOED: ReadonlySet<string> = new Set([
  'group',
  'endgroup',
  'echo',
  'set-output',
  'save-state',
  'set-env',
  'add-path',
  'add-matcher',
  'remove-matcher',
]);
