import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/child.mjs';
import { withFreshTables } from '../../scripts/readme-tables.mjs';

const action = `
inputs:
  name:
    description: The application's name.
    required: true
  roles:
    description: |
      Roles, one a line.
      \`none\` | \`keep\` are words.
  verify:
    description: Whether to verify.
    default: true
  icon:
    description: A path.
    default: ''
outputs:
  client-id:
    description: The client ID.
`;

const readme = `# Title

<!-- inputs -->
old
<!-- /inputs -->
between
<!-- outputs --><!-- /outputs -->
end
`;

const fresh = `# Title

<!-- inputs -->

| Input | Default | Description |
| --- | --- | --- |
| \`name\` | **required** | The application's name. |
| \`roles\` |  | Roles, one a line. \`none\` \\| \`keep\` are words. |
| \`verify\` | \`true\` | Whether to verify. |
| \`icon\` |  | A path. |

<!-- /inputs -->
between
<!-- outputs -->

| Output | Description |
| --- | --- |
| \`client-id\` | The client ID. |

<!-- /outputs -->
end
`;

test('the tables of docs/inputs.md are generated from action.yml', () => {
  expect(withFreshTables(readme, action)).toBe(fresh);
});

test('a page without a marker is refused', () => {
  expect(() => withFreshTables(readme.replace('<!-- /outputs -->', ''), action)).toThrow('docs/inputs.md must contain');
});

test('docs/inputs.md is up to date: if not, run `npm run readme`', () => {
  const [text = '', yaml = ''] = ['docs/inputs.md', 'action.yml'].map((name) => readFileSync(join(root, name), 'utf8'));
  expect(withFreshTables(text, yaml)).toBe(text);
});
