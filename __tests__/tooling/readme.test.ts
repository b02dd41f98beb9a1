import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { staleMessage, withFreshTables } from '../../scripts/readme-tables.mjs';
import { root } from '../../scripts/child.mjs';

const action = `
inputs:
  name:
    description: The application's name.
    required: true
  roles:
    description: |
      Roles, one a line.
      \`none\` | \`keep\` are words.
  repository:
    description: Where to.
    default: \${{ github.repository }}
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
| \`repository\` | \`\${{ github.repository }}\` | Where to. |
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

describe('the tables of the README', () => {
  test('come from action.yml', () => {
    expect(withFreshTables(readme, action)).toBe(fresh);
  });

  test('stay as they are when they are fresh', () => {
    expect(withFreshTables(fresh, action)).toBe(fresh);
  });

  test.each([
    ['no marker', readme.replace('<!-- inputs -->', '')],
    ['no end', readme.replace('<!-- /outputs -->', '')],
    ['a marker twice', `${readme}<!-- inputs -->`],
    ['an end twice', `${readme}<!-- /outputs -->`],
    ['the end first', '<!-- /inputs --><!-- inputs --><!-- outputs --><!-- /outputs -->'],
  ])('are refused with %s', (_, text) => {
    expect(() => withFreshTables(text, action)).toThrow('README.md must hold');
  });

  test('want a description for each', () => {
    expect(() => withFreshTables(readme, 'inputs:\n  name:\n    default: x\n')).toThrow('`name` has no description');
  });

  test('are fresh in this repository', () => {
    const [text = '', yaml = ''] = ['README.md', 'action.yml'].map((name) => readFileSync(join(root, name), 'utf8'));
    if (withFreshTables(text, yaml) !== text) throw new Error(staleMessage);
  });
});
