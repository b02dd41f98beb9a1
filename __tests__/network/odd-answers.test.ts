import { describe, expect, test } from '@jest/globals';
import { workerName } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';

const applications = 're:^/v1/environments/[^/]+/applications$';
const page = (items: readonly unknown[], next?: unknown) => ({
  status: 200,
  body: {
    _links: next === undefined ? {} : { next: { href: next } },
    _embedded: { applications: items },
  },
});

describe('an unexpected response', () => {
  test.concurrent.each<[string, string, object, RegExp]>([
    ['an empty `next`', applications, page([], ''), /^A link .* is not a URL/],
    ['an unreadable `next`', applications, page([], 'http://['), /^A link .* is not a URL/],
    ['a `next` of another type', applications, page([], 5), /unexpected response .*applications/],
    [
      'a list that is not a list',
      applications,
      { status: 200, body: { _embedded: { applications: 'x' } } },
      /unexpected/,
    ],
    ['a list without content', applications, { status: 204 }, /unexpected response .*status 204/],
    ['a list with the status 202', applications, { ...page([]), status: 202 }, /unexpected response .*status 202/],
    ['a worker that cannot be read', applications, page([{ id: 5, name: workerName }]), /unexpected response/],
    ['an error of another form', applications, { status: 400, body: { code: [], details: null } }, /^PingOne refused/],
    [
      'a token with a line break',
      're:/as/token$',
      { status: 200, body: { access_token: 'x\ny', token_type: 'Bearer', expires_in: 3600 } },
      /^PingOne sent an unexpected response for a token/,
    ],
    ['no token, without content', 're:/as/token$', { status: 204 }, /^PingOne sent an unexpected response for a token/],
  ])('(%s) is explained immediately, before anything is changed', (_, path, effect, what) =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { path }, times: 99, do: effect });
      const failure = failureOf(await lab.run());
      expect(failure.what).toMatch(what);
      expect(failure.cause).not.toMatch(/defect|mistake in this action/);
      expect(await lab.writes('pingone')).toEqual([]);
      const asked = (await lab.requests()).filter((request) => new RegExp(path.replace(/^re:/, '')).test(request.path));
      expect(asked).toHaveLength(1);
    }),
  );

  test.concurrent('with odd items in a list that no input names does no harm', () =>
    inSandbox(async (lab) => {
      const odd = [null, 5, {}, { id: 'x' }, { name: 'y' }, { id: 7, name: 'z', type: 'WORKER' }];
      await lab.faults({ match: { path: applications, method: 'GET', n: 1 }, do: page(odd) });
      expect(outputsOf(await lab.run())).toMatchObject({ result: 'created' });
    }),
  );

  test.concurrent('with one worker on two pages counts one worker', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run());
      const worker = { ...(await lab.theOnly(workerName)), secret: undefined };
      const next = `${lab.ready.pingone.apiUrl}/environments/${worker.environment.id}/applications?cursor=2`;
      await lab.faults(
        { match: { path: applications, n: 1 }, do: page([worker], next) },
        { match: { path: applications, n: 1 }, do: page([worker]) },
      );
      expect(outputsOf(await lab.run())).toMatchObject({ result: 'unchanged' });
    }),
  );

  test.concurrent('with a list of 300,000 items is read', () =>
    inSandbox(async (lab) => {
      const many = Array.from({ length: 300_000 }, (_, index) => ({ id: `i${index}`, name: 'n', type: 'T' }));
      await lab.faults({ match: { path: applications, method: 'GET', n: 1 }, do: page(many) });
      expect(outputsOf(await lab.run())).toMatchObject({ result: 'created' });
    }),
  );

  test.concurrent.each(['Fri, 31 Dec 9999 23:59:59 GMT', 'Sat, 13 Sep 275760 00:00:00 GMT'])(
    'with a `Date` of %s does not break a rotation',
    (date) =>
      inSandbox(async (lab) => {
        outputsOf(await lab.run(lab.storing));
        await lab.faults({ match: { server: 'pingone' }, times: 99, do: { headers: { Date: date } } });
        const result = await lab.run({ ...lab.storing, 'rotate-secret': 'true' });
        expect(outputsOf(result)).toMatchObject({ 'secret-rotated': 'true' });
      }),
  );
});
