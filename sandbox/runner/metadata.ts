import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

interface ActionInput {
  readonly default?: string | undefined;
  readonly deprecationMessage?: string | undefined;
}

// An input may also be just a name: `a-name:`.
const inputSchema: z.ZodType<ActionInput> = z
  .object({ default: z.string().optional(), deprecationMessage: z.string().optional() })
  .or(z.literal('').transform(() => ({})));

const metadataSchema = z.object({
  name: z.string(),
  inputs: z.record(z.string(), inputSchema).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
  runs: z.object({
    using: z.string().regex(/^node\d+$/, 'only JavaScript actions can be run'),
    main: z.string(),
    pre: z.string().optional(),
    'pre-if': z.string().default('always()'),
    post: z.string().optional(),
    'post-if': z.string().default('always()'),
  }),
});

/**
 * What an action says about itself: `{ name, inputs: { 'a-name': { default?: 'text', … } }, outputs, runs: { using:
 * 'node24', main: 'dist/index.js', pre?, post?, … } }`. Source: GitHub Docs, "Metadata syntax reference".
 */
export type ActionMetadata = z.output<typeof metadataSchema>;

const parsedBefore = new Map<string, ActionMetadata>();

/** Reads action.yml, or action.yaml, from a directory. */
export function readActionMetadata(directory: string): ActionMetadata {
  const path = ['action.yml', 'action.yaml'].map((name) => join(directory, name)).find((file) => existsSync(file));
  if (path === undefined) throw new Error(`There is no action.yml or action.yaml in '${directory}'.`);
  const text = readFileSync(path, 'utf8');
  // Parsing takes longer than the rest of what comes before a step.
  const metadata = parsedBefore.get(text) ?? parseMetadata(path, text);
  parsedBefore.set(text, metadata);
  return metadata;
}

function parseMetadata(path: string, text: string): ActionMetadata {
  // `failsafe` leaves every scalar the text it is: inputs are strings, and `default: true` has to arrive as `true`.
  const parsed = metadataSchema.safeParse(parse(text, { schema: 'failsafe' }));
  if (!parsed.success) throw new Error(`'${path}' cannot be run.\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
