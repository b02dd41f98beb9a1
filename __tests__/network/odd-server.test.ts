import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { startProcess } from '../../sandbox/runner/process.ts';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { storedIn } from '../lifecycle/scenes.ts';
import type { Answer } from './front.ts';
import { openFront } from './front.ts';

/** Runs the test with PingOne's sandbox behind a front that answers like this. */
function behindFront(answer: Answer, body: (lab: Lab, urls: Record<string, string>) => Promise<void>) {
  return inSandbox(async (lab) => {
    const front = await openFront(new URL(lab.ready.pingone.apiUrl).origin, answer);
    try {
      await body(lab, { 'api-url': `${front.origin}/v1`, 'auth-url': front.origin });
    } finally {
      front.close();
    }
  });
}

const posts = async (lab: Lab, path: RegExp): Promise<number> =>
  (await lab.requests()).filter((request) => request.method === 'POST' && path.test(request.path)).length;

const switchProtocols: Answer = (request) => {
  request.socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n');
  return true;
};

test.concurrent('a server that closes each connection after its response gets every POST', () =>
  behindFront(
    (request, response) => {
      response.on('finish', () => request.socket.end());
      return false;
    },
    async (lab, urls) => {
      for (let round = 1; round <= 4; round += 1) {
        const name = `Worker ${round}`;
        expect(outputsOf(await lab.run({ ...urls, name }))).toMatchObject({ result: 'created' });
        const rotating = { ...urls, ...lab.storing, name, 'rotate-secret': 'true', 'secret-prefix': `W${round}_` };
        expect(outputsOf(await lab.run(rotating))).toMatchObject({ 'secret-rotated': 'true' });
      }
      expect(await posts(lab, /\/applications$/)).toBe(4);
      expect(await posts(lab, /\/secret$/)).toBe(4);
    },
  ),
);

describe('101', () => {
  test.concurrent('to every read is explained', () =>
    behindFront(
      (request, response) => request.url === '/v1/roles' && switchProtocols(request, response),
      async (lab, urls) => {
        const { what, cause } = failureOf(await lab.run({ ...urls, timeout: '5' }, { startProcess }));
        expect(what).toMatch(/^PingOne could not be reached for reading the roles: .*status 101/);
        expect(cause).toContain('a proxy responded instead of the server');
      },
    ),
  );

  test.concurrent('to a rotation: the step reads the rotated secret and stores it', () => {
    let isRotating = false;
    return behindFront(
      (request, response) =>
        isRotating &&
        request.method === 'POST' &&
        /\/secret$/.test(request.url ?? '') &&
        switchProtocols(request, response),
      async (lab, urls) => {
        outputsOf(await lab.run({ ...urls, ...lab.storing }));
        const { secret: old } = await lab.theOnly(workerName);
        isRotating = true;
        const rotating = { ...urls, ...lab.storing, 'rotate-secret': 'true' };
        expect(outputsOf(await lab.run(rotating, { startProcess }))).toMatchObject({ 'secret-rotated': 'true' });
        const { secret } = await lab.theOnly(workerName);
        expect(secret).not.toBe(old);
        expect((await storedIn(lab))['PINGONE_WORKER_CLIENT_SECRET']).toBe(secret);
        expect(await posts(lab, /\/secret$/)).toBe(1);
      },
    );
  });
});

describe('time', () => {
  test.concurrent('of the step does not depend on the system clock: `timeout` is kept', () =>
    inSandbox(async (lab) => {
      const folder = mkdtempSync(join(tmpdir(), 'clock-'));
      const file = join(folder, 'clock.mjs');
      writeFileSync(
        file,
        `const now = Date.now; const start = now();
         Date.now = () => (now() - start < 1_500 ? now() : now() - 3_600_000);`,
      );
      await lab.faults({ match: { path: '/v1/roles' }, times: 9_999, do: { status: 503 } });
      const env = { NODE_OPTIONS: `--import=${pathToFileURL(file).href}` };
      const result = await lab.run({ timeout: '5' }, { startProcess, env });
      expect(failureOf(result).what).toMatch(/^PingOne refused reading the roles: .*503/);
      expect(result.durationMs).toBeLessThan(12_000);
      rmSync(folder, { recursive: true });
    }),
  );

  test.concurrent("that a server asks for is counted by the server's clock", () =>
    inSandbox(async (lab) => {
      const headers = { Date: 'Mon, 23 Nov 2026 09:00:00 GMT', 'Retry-After': 'Mon, 23 Nov 2026 09:00:02 GMT' };
      await lab.faults({ match: { path: '/v1/roles' }, do: { status: 429, headers } });
      const result = await lab.run();
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
      // 2 s by the server's clock, and up to half a second of jitter.
      expect(result.log).toMatch(/\/v1\/roles: status 429; retrying in 2\.[0-5] s/);
    }),
  );

  test.concurrent('of a few milliseconds that a server asks for causes no flood of requests', () =>
    inSandbox(async (lab) => {
      const effect = { status: 429, headers: { 'Retry-After': '0.001' } };
      await lab.faults({ match: { path: '/v1/roles' }, times: 9_999, do: effect });
      failureOf(await lab.run({ timeout: '5' }));
      expect((await lab.requests()).length).toBeLessThan(30);
    }),
  );
});
