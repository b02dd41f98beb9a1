import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { inWorkspace, mostBytes, png } from './images.ts';
import { byHand, expectNoRequest, forbidden, foreignOwner, recordKey } from './scenes.ts';

const theirs = { id: '11111111-1111-4111-8111-111111111111', href: 'https://uploads.pingone.com/theirs.png' };
const iconId = async (lab: Lab) => ((await lab.theOnly(workerName))['icon'] as { id: string } | undefined)?.id;
const foreign = { [recordKey]: { version: 1, owner: foreignOwner, origin: 'created', stored: [] } };

const withoutRecord: readonly [string, object, object][] = [
  ['the runner does not name the repository', {}, { env: { GITHUB_REPOSITORY_ID: undefined } }],
  ["the record is another repository's", { metadata: foreign }, {}],
  ['the record cannot be read', { metadata: { [recordKey]: { version: 2 } } }, {}],
];

describe('without a record, an icon is uploaded', () => {
  test.concurrent.each(withoutRecord)('only if there is none yet (%s)', (_, set, options) =>
    inSandbox((lab) =>
      inWorkspace({ 'icon.png': png() }, async (workspace) => {
        await byHand(lab, set);
        const run = () => lab.run({ icon: 'icon.png' }, { workspace, ...options });
        const first = await run();
        expect(outputsOf(first)).toMatchObject({ result: 'updated' });
        expect(messages(first, 'notice')).toContainEqual(expect.stringMatching(/record/));
        const icon = await iconId(lab);
        expect(icon).toBeDefined();
        expect(outputsOf(await run())).toMatchObject({ result: 'unchanged' });
        expect(await iconId(lab)).toBe(icon);
      }),
    ),
  );

  test.concurrent.each(withoutRecord)('never in place of another icon (%s)', (_, set, options) =>
    inSandbox((lab) =>
      inWorkspace({ 'icon.png': png() }, async (workspace) => {
        await byHand(lab, { ...set, icon: theirs });
        outputsOf(await lab.run({ icon: 'icon.png', roles: 'none' }, { workspace, ...options }));
        expect(await iconId(lab)).toBe(theirs.id);
        expect((await lab.writes('pingone')).filter(({ path }) => path.includes('/images'))).toEqual([]);
      }),
    ),
  );
});

test.concurrent('if PingOne refuses to store a record, a second run does not upload the icon again', () =>
  inSandbox((lab) =>
    inWorkspace({ 'icon.png': png() }, async (workspace) => {
      await lab.faults({ match: { method: 'PUT', path: 're:/metadata$' }, times: 99, do: forbidden });
      outputsOf(await lab.run({ icon: 'icon.png' }, { workspace }));
      const before = await iconId(lab);
      const again = await lab.run({ icon: 'icon.png' }, { workspace });
      expect(outputsOf(again)).toMatchObject({ result: 'unchanged' });
      expect(messages(again, 'notice')).toContainEqual(expect.stringContaining('The icon is not changed'));
      expect(await iconId(lab)).toBe(before);
    }),
  ),
);

const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const files = {
  'icon.svg': svg,
  'icon.png': 'not an image',
  'empty.png': '',
  'cut.png': png().subarray(0, 7),
  'large.png': png(16, mostBytes + 1),
  'icon.webp': Buffer.from('RIFF0000WEBPVP8 '),
};

describe('an icon is refused before any request', () => {
  test.concurrent.each([
    [
      'missing.png',
      /cannot be read: missing/,
      /the repository is not checked out before this step, or the path has a typo/,
    ],
    ['.', /cannot be read: not a file/, /the path is a folder/],
    ['large.png', /larger than 1 MB \(1048576 bytes\)/, /does not accept larger images/],
    ['icon.svg', /"icon\.svg" is not an image that PingOne accepts/, /SVG/],
    ['icon.png', /"icon\.png" is not an image that PingOne accepts/, /content is not PNG, JPEG or GIF/],
    ['icon.webp', /is not an image that PingOne accepts/, /WebP/],
    ['empty.png', /is not an image that PingOne accepts/, /content is not PNG/],
    ['cut.png', /is not an image that PingOne accepts/, /content is not PNG/],
  ])('%s', (icon, says, why) =>
    inSandbox((lab) =>
      inWorkspace(files, async (workspace) => {
        const { what, cause, fix } = failureOf(await lab.run({ icon }, { workspace }));
        expect(what).toMatch(says);
        expect(what).toContain('`icon`');
        expect(cause).toMatch(why);
        expect(fix).not.toBe('');
        await expectNoRequest(lab);
      }),
    ),
  );
});

test.concurrent('if PingOne cannot read the image, the message says so, and nothing is changed', () =>
  inSandbox((lab) =>
    inWorkspace({ 'icon.png': png() }, async (workspace) => {
      const refused = { status: 400, body: { code: 'INVALID_DATA', message: 'Not an image.' } };
      await lab.faults({ match: { path: 're:/images$' }, do: refused });
      const { what, cause, fix } = failureOf(await lab.run({ icon: 'icon.png' }, { workspace }));
      expect(what).toContain('uploading the image in `icon`');
      expect(cause).toBe('PingOne cannot read this image.');
      expect(fix).toContain('Done before: nothing.');
      expect(await lab.named(workerName)).toEqual([]);
    }),
  ),
);
