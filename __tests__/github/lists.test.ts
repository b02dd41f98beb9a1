import { expect, test } from '@jest/globals';
import { connectToGitHub, readList } from '../../src/github/api.ts';
import { fakeWorld, json } from '../http/fakes.ts';
import type { Answer } from '../http/fakes.ts';

const apiUrl = 'https://ghe.example/api/v3';
const list = `${apiUrl}/orgs/octo/actions/secrets`;

async function read(...answers: readonly Answer[]) {
  const world = fakeWorld(...answers);
  const gitHub = await connectToGitHub({ token: 'ghp_x', apiUrl }, world.send);
  const reading = readList(gitHub, { url: list }, 'secrets', ({ name }) =>
    typeof name === 'string' ? { name } : undefined,
  );
  const outcome = await reading.then(
    ({ total, items }) => ({ total, names: items.map(({ name }) => name) }),
    (error: unknown) => error,
  );
  return { outcome, urls: world.sent.map(({ request }) => request.url) };
}

const page = (names: readonly unknown[], link?: string) =>
  json({ total_count: 3, secrets: names.map((name) => ({ name })) }, 200, link === undefined ? {} : { link });

test('all pages are read, each by the link of the page before', async () => {
  const next = `<${list}?page=2&after=x>; rel="next", <${list}?page=2>; rel="last"`;
  const { outcome, urls } = await read(page(['A', 'B'], next), page(['C']));
  expect(outcome).toEqual({ total: 3, names: ['A', 'B', 'C'] });
  expect(urls).toEqual([`${list}?per_page=100`, `${list}?page=2&after=x`]);
});

test('a page of 150,000 items is read', async () => {
  const names = Array.from({ length: 150_000 }, (_, n) => `A${n}`);
  const { outcome } = await read(page(names));
  // `toEqual` takes seconds for so many.
  expect((outcome as { names: string[] }).names.join()).toBe(names.join());
});

test.each([
  ['the same page', `<${list}?per_page=100>; rel="next"`, ['A'], 'form a loop', 1],
  ['after a page without items', `<${list}?page=2>; rel="next"`, [], 'form a loop', 1],
  ['not an address', '<http://[>; rel="next"', ['A'], 'the link to the next page is not a URL', 1],
  ['on another host', '<https://elsewhere.example/x>; rel="next"', ['A'], 'links to another host', 1],
  ['on another host, after an empty page', '<https://elsewhere.example/x>; rel="next"', [], 'another host', 1],
  ['always a new one', undefined, ['A'], 'form a loop', 1_000],
])('reading stops if the next page is %s', async (_, link, names, told, requests) => {
  let pages = 1;
  const answer: Answer = () => {
    pages += 1;
    return page(names, link ?? `<${list}?page=${pages}>; rel="next"`);
  };
  const { outcome, urls } = await read(answer);
  expect(outcome).toMatchObject({ failure: 'garbled', message: expect.stringContaining(told) });
  expect(urls).toHaveLength(requests);
});
