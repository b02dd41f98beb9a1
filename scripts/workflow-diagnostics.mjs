// What GitHub's own language service finds wrong in workflows. It imports JSON in a way that Node refuses, so this file
// has to be bundled first: scripts/lint-workflows.mjs does that.
// usage: <the bundle> <our name as in `uses:`> <our action.yml> <workflow> …   prints one line for each finding
import { validate } from '@actions/languageservice';
import { readFileSync } from 'node:fs';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';

const [name, metadata, ...files] = process.argv.slice(2);
const { inputs, outputs, ...action } = parse(readFileSync(metadata ?? '', 'utf8'));
const ours = { ...action, inputs, outputs };

/**
 * Our action with the inputs of its action.yml; of others, nothing is known.
 * @param {{ owner: string, name: string, path?: string }} reference
 */
function fetchActionMetadata(reference) {
  return Promise.resolve(`${reference.owner}/${reference.name}` === name && !reference.path ? ours : undefined);
}

/**
 * The workflows of this repository that others call.
 * @param {{ path: string }} reference
 */
function getFileContent({ path }) {
  return Promise.resolve({ name: path, content: readFileSync(path, 'utf8') });
}

for (const file of files) {
  const document = TextDocument.create(`file:///${file}`, 'yaml', 1, readFileSync(file, 'utf8'));
  const found = await validate(document, {
    actionsMetadataProvider: { fetchActionMetadata },
    fileProvider: { getFileContent },
  });
  for (const { message: said, range } of found) {
    const message = typeof said === 'string' ? said : said.value;
    // Nothing can be looked up here, and a branch or tag instead of a commit is looked for by a test of ours.
    if (/^Unable to (resolve|find)/.test(message)) continue;
    console.log(`${file}:${range.start.line + 1}: ${message}`);
  }
}
