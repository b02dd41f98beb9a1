// For any response, the message has three lines and fits into an annotation.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { explained } from '../../src/errors.ts';
import { explainGitHub, GitHubError } from '../../src/github/errors.ts';
import { explainPingOne, OAuthError, PingOneError } from '../../src/pingone/errors.ts';
import { adminSecret, explainSignIn } from '../../src/pingone/token.ts';
import { shown } from '../../src/text.ts';
import { anyText, tenMegabytes } from './texts.ts';

/** GitHub cuts an annotation after so many characters (actions/runner source). */
const annotation = 4096;

const detail = fc.record({ code: anyText, target: anyText, message: anyText }, { requiredKeys: [] });
const body = fc.oneof(
  anyText,
  fc.json(),
  fc
    .record({ id: anyText, code: anyText, message: anyText, details: fc.array(detail) }, { requiredKeys: [] })
    .map((value) => JSON.stringify(value)),
  fc.record({ error: anyText, error_description: anyText }, { requiredKeys: [] }).map((value) => JSON.stringify(value)),
);
const headers = fc.record(
  {
    'correlation-id': anyText,
    'x-accepted-github-permissions': anyText,
    'retry-after': anyText,
    'x-ratelimit-remaining': anyText,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, string>>;
const response = fc.record({ status: fc.integer({ min: 300, max: 599 }), headers, body });

function insistOnThreeLines(error: unknown): void {
  const message = shown(explained(error).message);
  expect(message).toMatch(/^[^\n]+\nLikely cause: [^\n]+\nWhat to do: [^\n]+$/);
  expect(message.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u);
  expect(message.length).toBeLessThan(annotation);
}

describe('a response', () => {
  test("from PingOne's API", () => {
    fc.assert(
      fc.property(response, (answer) => {
        insistOnThreeLines(explainPingOne(new PingOneError(answer, 'GET /v1/roles'), 'reading the roles'));
      }),
    );
  });

  test("from PingOne's token endpoint", () => {
    fc.assert(
      fc.property(response, (answer) => {
        insistOnThreeLines(
          explainSignIn(new OAuthError(answer), adminSecret, 'the inputs', 'https://auth.pingone.eu/e/as/token'),
        );
      }),
    );
  });

  test("from GitHub's API", () => {
    fc.assert(
      fc.property(response, anyText, (answer, text) => {
        const error = new GitHubError(answer.status, text, answer.headers);
        insistOnThreeLines(explainGitHub(error, 'writing a secret', 'the permission "Secrets: write"'));
      }),
    );
  });

  test('of ten megabytes', () => {
    const long = '\u0000'.repeat(tenMegabytes);
    const answer = {
      status: 400,
      headers: { 'correlation-id': long },
      body: JSON.stringify({ code: 'C', message: 'm' }),
    };
    insistOnThreeLines(explainPingOne(new PingOneError(answer, 'GET /v1/roles'), 'reading the roles'));
    insistOnThreeLines(
      explainPingOne(new PingOneError({ ...answer, body: long }, 'GET /v1/roles'), 'reading the roles'),
    );
    insistOnThreeLines(explainGitHub(new GitHubError(403, long, {}), 'writing a secret', 'a permission'));
  });
});

test('an unexpected error has the same form', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyText,
        anyText.map((text) => new TypeError(text)),
        fc.anything(),
      ),
      insistOnThreeLines,
    ),
  );
});
