// Import directions: entry points -> process, main, get-token -> run, inputs -> reconcile, pingone, github, datasync -> http.

const floor = ['reconcile', 'pingone', 'github', 'datasync', 'http'];

/** What each room of src/ may import beside itself: rooms below it, packages and modules of Node. */
const rooms = {
  index: { below: ['main', 'process', 'inputs', ...floor] },
  token: { below: ['get-token', 'process'] },
  process: { below: ['run', 'inputs', ...floor] },
  'get-token': { below: ['run', 'inputs', ...floor] },
  main: { below: ['run', 'inputs', ...floor] },
  run: { below: ['inputs', 'secret-file', ...floor] },
  inputs: { below: floor },
  reconcile: { below: [], packages: ['zod'], node: '^util$' },
  pingone: { below: ['http'], packages: ['zod'] },
  github: { below: ['http'], packages: ['zod', '@actions/core', '@actions/github', 'libsodium-wrappers'] },
  datasync: { below: ['http'] },
  http: { below: [], packages: ['@actions/http-client'], node: '^(?!process$|child_process$)' },
};

/** The files that every room may import. They import each other and one package. */
const words = ['errors', 'settings', 'text'];

/** Only http opens connections. */
const offline = '^(?!process$|child_process$|https?$|http2$|net$|tls$|dgram$|dns($|/))';

/** @param {string[]} names  @returns {string} */
const inRooms = (names) => `^src/(${names.join('|')})(/|\\.ts$)`;

/** @param {[string, { below: string[], packages?: string[], node?: string }]} room */
function rulesOf([name, { below, packages = [], node = offline }]) {
  const from = { path: inRooms([name]) };
  const to = { path: '^(src|sandbox|bench|scripts|__tests__)/', pathNot: inRooms([name, ...below, ...words]) };
  return [
    // Types of all rooms may be named.
    { name: `${name}-imports-downwards`, severity: 'error', from, to: { ...to, dependencyTypesNot: ['type-only'] } },
    {
      name: `${name}-packages`,
      severity: 'error',
      from,
      to: { path: 'node_modules/', pathNot: `node_modules/(${packages.join('|') || '-'})/` },
    },
    { name: `${name}-node`, severity: 'error', from, to: { dependencyTypes: ['core'], pathNot: node } },
  ];
}

export default {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'sandbox-shares-no-code-with-src',
      comment: 'The sandbox is the other side of the wire: with shared code both would make the same mistake.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^src/' },
    },
    ...Object.entries({
      ...rooms,
      [words.join('|')]: { below: [], packages: ['fastest-levenshtein'], node: '^$' },
    }).flatMap(rulesOf),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|build)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default', 'types'], exportsFields: ['exports'] },
  },
};
