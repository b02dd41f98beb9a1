// The floor plan of src/ (who may import whom) and its house rules, as settings of ESLint's built-in rules.
// `__tests__/tooling/lint-rules.test.ts` breaks each of them on purpose.

/**
 * @typedef {object} Room a folder of src/, or files directly in it
 * @property {string[]} below the rooms it may import; the types of the others too, unless `blind`
 * @property {string[]} packages what it may import from node_modules
 * @property {'none' | 'some' | 'network'} node how much of Node it may import
 * @property {boolean} [blind] it may not even name the types of rooms that are not below it
 */

const floor = ['worker', 'pingone', 'github', 'datasync', 'http'];

/** @type {Record<string, Room>} downwards: index -> main -> steps, inputs -> worker, pingone, github, datasync -> http */
const rooms = {
  index: { below: ['main', 'steps', 'inputs', ...floor], packages: [], node: 'some' },
  cleanup: { below: floor, packages: [], node: 'some' },
  main: { below: ['steps', 'inputs', ...floor], packages: [], node: 'some' },
  steps: { below: floor, packages: [], node: 'some' },
  inputs: { below: floor, packages: [], node: 'some' },
  worker: { below: [], packages: ['zod'], node: 'none' },
  pingone: { below: ['http'], packages: ['zod'], node: 'some' },
  github: {
    below: ['http'],
    packages: ['@actions/core', '@actions/github', 'libsodium-wrappers', 'zod'],
    node: 'some',
  },
  datasync: { below: ['http'], packages: [], node: 'some' },
  http: { below: [], packages: ['@actions/http-client'], node: 'network', blind: true },
};

/** @type {Room} a file directly in src/ that has no other place here */
const shared = { below: floor, packages: [], node: 'none' };

/** The files directly in src/ that everybody may import, so that they can import nobody. */
const words = ['errors', 'limits', 'settings', 'text'];
/** @type {Room} */
const word = { below: [], packages: [], node: 'none' };

const network = 'https?|http2|net|tls|dgram|dns|child_process';
const nodeModules = {
  none: { regex: '^node:', message: 'This part of src/ is pure: it imports nothing of Node.' },
  some: {
    regex: `^node:(process|${network})(/|$)`,
    message: 'The one way out is src/http; process.env is for src/index.ts.',
  },
  network: { regex: '^node:(process|child_process)(/|$)', message: 'process.env is for src/index.ts.' },
};

/**
 * The way to a room from src/. A room is a folder, or one file as long as it is small: `steps/` or `steps.ts`.
 * @param {string} name
 */
const path = (name) => `${name}(/|\\.ts$)`;

/**
 * What a file may not import, as regular expressions over the import's source. They count the dots: a room has no
 * folders of its own.
 * @param {Room} room
 * @param {boolean} inFolder whether the file is in a folder of src/ or directly in it
 */
function forbidden({ below, packages, node, blind = false }, inFolder) {
  const allowed = [...below.map(path), `(${words.join('|')})\\.ts$`].join('|');
  return [
    {
      regex: inFolder ? `^\\.\\./(?!${allowed})` : `^(\\.\\./(?!package\\.json$)|\\./(?!${allowed}))`,
      allowTypeImports: !blind,
      message: `Imports go downwards only: from here to ${[...below, ...words.map((name) => `${name}.ts`)].join(', ')}.`,
    },
    {
      regex: `^(?!\\.|node:|(${packages.join('|') || '-'})(/|$))`,
      message: `Packages that this part of src/ may import: ${packages.join(', ') || 'none'}. Node's own begin with "node:".`,
    },
    nodeModules[node],
  ];
}

const maskFunction = ['FunctionDeclaration[id.name="mask"]', 'VariableDeclarator[id.name="mask"]']
  .concat(['Property[key.name="mask"]', 'MethodDefinition[key.name="mask"]'])
  .map((node) => `${node} *`);
// Where the toolkit is handed in.
const handedOn = 'VariableDeclarator[id.name="toolkit"] > ObjectExpression > Property[shorthand=true] > Identifier';
const plainImport = 'ImportSpecifier[imported.name="setSecret"][local.name="setSecret"] > Identifier';

export const separateTypes = {
  selector: 'ImportSpecifier[importKind="type"]',
  message: 'Types come by an `import type` of their own.',
};

const syntax = [
  separateTypes,
  {
    selector:
      ':matches(Identifier[name="setSecret"], MemberExpression > Literal[value="setSecret"])' +
      `:not(${[plainImport, handedOn, ...maskFunction].join(', ')})`,
    message: 'mask() in src/github is the only caller of setSecret: it skips blanks.',
  },
  {
    selector: 'ImportExpression:not([source.type="Literal"])',
    message: 'The bundler must see what is imported: import() takes a literal.',
  },
];

/**
 * @param {ReturnType<typeof forbidden>} patterns
 * @returns {import('eslint').Linter.RulesRecord}
 */
const importRules = (patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
  'no-restricted-syntax': [
    'error',
    ...syntax,
    // no-restricted-imports does not look at import(). A slash would end the expression inside a selector.
    ...patterns.map(({ regex, message }) => ({
      selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\x2F')}/]`,
      message,
    })),
  ],
});

/** @type {import('eslint').Linter.Config[]} later ones win */
export const houseRules = [
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        {
          globals: [
            ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'].map((name) => ({
              name,
              message: 'The one way out is src/http.',
            })),
            { name: 'console', message: 'Text for the log goes through src/github, which escapes it.' },
          ],
          checkGlobalObject: true,
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/index.ts reads the environment.' },
      ],
    },
  },
  { files: ['src/*.ts'], rules: importRules(forbidden(shared, false)) },
  { files: words.map((name) => `src/${name}.ts`), rules: importRules(forbidden(word, false)) },
  ...Object.entries(rooms).flatMap(([name, room]) => [
    { files: [`src/${name}.ts`], rules: importRules(forbidden(room, false)) },
    { files: [`src/${name}/**/*.ts`], rules: importRules(forbidden(room, true)) },
  ]),
  { files: ['src/index.ts', 'src/cleanup.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    // The sandbox is the other side of the wire: with code in common, both would make the same mistake.
    files: ['sandbox/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(\\.\\./)+src/', message: 'The sandbox shares no code with the action.' }] },
      ],
    },
  },
];
