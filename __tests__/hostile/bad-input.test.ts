import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inputs, openWorld, startAction, type World } from '../faults/world.ts';

type With = Readonly<Record<string, string>>;

const is = (input: string, value: string): string => `\`${input}\` is "${value}", which it does not take`;

/** What is given beside the inputs that a run needs, and what the first line says after `Inputs refused: `. */
const table: readonly (readonly [With, string])[] = [
  [{ name: '' }, '`name` is missing'],
  [{ environment: '' }, '`environment` is missing'],
  [{ enabled: 'yes' }, is('enabled', 'yes')],
  [{ verify: 'maybe' }, is('verify', 'maybe')],
  [{ 'mask-ids': '1' }, is('mask-ids', '1')],
  [{ 'output-secret': 'no' }, is('output-secret', 'no')],
  [{ timeout: '-5' }, is('timeout', '-5')],
  [{ timeout: '1e3' }, is('timeout', '1e3')],
  [{ region: 'XX' }, is('region', 'XX')],
  [{ 'api-url': 'https://api.pingone.eu' }, '`api-url` does not end in /v1'],
  [{ 'auth-url': 'not a url' }, is('auth-url', 'not a url')],
  [{ 'admin-auth-method': 'NONE' }, is('admin-auth-method', 'NONE')],
  [{ 'token-endpoint-auth-method': 'PRIVATE_KEY_JWT' }, is('token-endpoint-auth-method', 'PRIVATE_KEY_JWT')],
  [{ 'admin-client-secret': '' }, 'the admin credentials are incomplete: `admin-client-secret` is missing'],
  [{ 'admin-environment-id': 'Production' }, is('admin-environment-id', 'Production')],
  [
    { 'access-token': 'abc' },
    '`access-token` is given beside `admin-client-id`, `admin-client-secret` and `admin-environment-id`',
  ],
  [{ 'store-in': 'repository' }, '`github-token` is missing, and `store-in` needs it'],
  [{ 'store-in': 'vault', 'github-token': 'x' }, is('store-in', 'vault')],
  [{ 'secret-prefix': '1_' }, is('secret-prefix', '1_')],
  [
    { 'secret-prefix': 'PINGONE_' },
    '`secret-prefix` "PINGONE_" would write PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET, PINGONE_ENVIRONMENT_ID',
  ],
  [{ roles: 'none\nIdentity Data Admin' }, is('roles', 'none')],
  [{ enabled: '::set-output name=x::y' }, is('enabled', '::set-output name=x::y')],
];

describe('a wrong input', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const refused = async (more: With): Promise<string> => {
    const step = await startAction(world, inputs(world, { name: 'Bad input', ...more })).result;
    expect(step.exitCode).toBe(1);
    expect(await world.requests()).toEqual([]);
    expect(step.outputs.size).toBe(0);
    return step.annotations.at(-1)?.message ?? '';
  };

  test.each(table)('%j is refused without a request', async (more, line) => {
    const message = await refused(more);
    expect(message).toMatch(/^.+\nLikely cause: .+\nWhat to do: .+$/);
    expect(message.split('\n')[0]).toBe(`Inputs refused: ${line}.`);
  });

  test.each([
    [{ enabled: 'flase' }, 'false'],
    [{ 'token-endpoint-auth-method': 'CLIENT_SECRET_PSOT' }, 'CLIENT_SECRET_POST'],
    [{ state: 'absnt' }, 'absent'],
    [{ clear: 'discription' }, 'description'],
    [{ 'store-ids-as': 'variable' }, 'variables'],
  ])('%j: did you mean %s?', async (more, word) => {
    expect(await refused(more)).toContain(`did you mean ${word}?`);
  });

  test('nothing is suggested for what is no typo', async () => {
    expect(await refused({ enabled: 'sometimes' })).not.toContain('did you mean');
  });

  test('all that is wrong comes in one message', async () => {
    const message = await refused({ enabled: 'yes', timeout: 'long', 'store-in': 'repository' });
    for (const input of ['enabled', 'timeout', 'github-token']) expect(message).toContain(`\`${input}\``);
  });
});
