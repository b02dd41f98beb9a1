/** What a step does, in the runner's words. Order is the order in which the runner learned of it. */
export type Stream = 'stdout' | 'stderr';
export type Phase = 'pre' | 'main' | 'post';
export type Conclusion = 'success' | 'failure' | 'cancelled';
export type AnnotationLevel = 'error' | 'warning' | 'notice';

/** A message that GitHub shows beside the log: `{ level: 'error', message: '…', properties: { title: '…' } }`. */
export interface Annotation {
  readonly level: AnnotationLevel;
  /** Masked, and cut at 4,096 characters. */
  readonly message: string;
  /** As given: `title`, `file`, `line`, `endLine`, `col`, `endColumn`. The runner does not mask them. */
  readonly properties: Readonly<Record<string, string>>;
}

export type StepEvent =
  | { readonly kind: 'phase'; readonly phase: Phase }
  /** A line as the step wrote it, commands included, before any masking. */
  | { readonly kind: 'line'; readonly stream: Stream; readonly text: string }
  | { readonly kind: 'mask'; readonly value: string }
  | { readonly kind: 'annotation'; readonly annotation: Annotation }
  | { readonly kind: 'output'; readonly name: string; readonly value: string }
  | { readonly kind: 'state'; readonly name: string; readonly value: string }
  | { readonly kind: 'env'; readonly name: string; readonly value: string }
  | { readonly kind: 'path'; readonly value: string };
