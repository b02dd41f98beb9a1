import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const text = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => String(value ?? ''));
const texts = z.record(z.string(), text).default({});

const stepSchema = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  if: text.optional(),
  uses: z.string().optional(),
  with: texts,
  run: z.string().optional(),
  shell: z.literal('bash').optional(),
  env: texts,
});

const jobSchema = z.strictObject({
  name: z.string().optional(),
  needs: z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([]),
  if: text.optional(),
  'runs-on': z.string().optional(),
  environment: z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]).optional(),
  concurrency: z.unknown().optional(),
  permissions: z.unknown().optional(),
  'timeout-minutes': z.number().optional(),
  strategy: z.unknown().optional(),
  env: texts,
  outputs: texts,
  steps: z.array(stepSchema).default([]),
  uses: z.string().optional(),
  with: texts,
  secrets: z.union([z.literal('inherit'), z.record(z.string(), z.string())]).default({}),
});

const callSchema = z.object({
  inputs: z.record(z.string(), z.object({ default: text.optional() })).default({}),
  outputs: z.record(z.string(), z.object({ value: z.string() })).default({}),
});

/** What of a workflow is understood; anything else is refused, as leaving it out silently would run something else. */
const workflowSchema = z.strictObject({
  name: z.string().optional(),
  on: z.union([z.string(), z.array(z.string()), z.looseObject({ workflow_call: callSchema.optional() })]),
  permissions: z.unknown().optional(),
  concurrency: z.unknown().optional(),
  env: texts,
  jobs: z.record(z.string(), jobSchema),
});

export type Workflow = z.output<typeof workflowSchema>;
export type Job = z.output<typeof jobSchema>;
export type Step = z.output<typeof stepSchema>;

/** Reads a workflow's file. Source: GitHub Docs, "Workflow syntax". */
export function readWorkflow(file: string): Workflow {
  const parsed = workflowSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`'${file}' cannot be run.\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** The inputs and outputs of a reusable workflow. */
export function callOf({ on }: Workflow): z.output<typeof callSchema> {
  return (typeof on === 'object' && !Array.isArray(on) ? on.workflow_call : undefined) ?? { inputs: {}, outputs: {} };
}

/** Jobs in an order in which each comes after those that it needs. */
export function inOrder(jobs: Readonly<Record<string, Job>>): readonly (readonly [string, Job])[] {
  const open = new Map(Object.entries(jobs));
  const ordered: (readonly [string, Job])[] = [];
  while (open.size > 0) {
    const ready = [...open].filter(([, { needs }]) => needs.every((name) => ordered.some(([done]) => done === name)));
    if (ready.length === 0)
      throw new Error(`These jobs need each other, or what is not there: ${[...open.keys()].join(', ')}`);
    for (const [name, job] of ready) {
      ordered.push([name, job]);
      open.delete(name);
    }
  }
  return ordered;
}
