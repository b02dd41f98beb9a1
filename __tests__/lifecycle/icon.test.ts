import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { gif, inWorkspace, jpeg, mostBytes, png, sha256 } from './images.ts';
import { byHand, changesOf, environmentId, lineOf, recordOf, requestsOf } from './scenes.ts';

const imagesIn = async (lab: Lab): Promise<string[]> =>
  ((await lab.state()) as unknown as { images: { id: string }[] }).images.map(({ id }) => id);
const iconOf = async (lab: Lab) => (await lab.theOnly(workerName))['icon'] as { id: string; href: string } | undefined;
/** Image requests only. */
const uploads = async (lab: Lab, run: () => Promise<unknown>) =>
  (await requestsOf(lab, run))
    .filter(({ path, method }) => path.includes('/images') && method !== 'GET')
    .map(({ method }) => method);

/** A worker with an icon, made by a run of ours, and how to run again. */
function withIcon(body: (lab: Lab, again: (inputs?: object) => Promise<unknown>, file: string) => Promise<void>) {
  return inSandbox((lab) =>
    inWorkspace({ 'icon.png': png() }, async (workspace) => {
      const again = async (inputs: object = {}) => {
        const result = await lab.run({ icon: 'icon.png', ...inputs }, { workspace });
        outputsOf(result);
        return result;
      };
      await again();
      await body(lab, again, join(workspace, 'icon.png'));
    }),
  );
}

describe('an icon', () => {
  test.concurrent.each([
    ['PNG', png(), 'image/png'],
    ['PNG of exactly 1 MB', png(16, mostBytes), 'image/png'],
    ['JPEG', jpeg(), 'image/jpeg'],
    ['GIF', gif(), 'image/gif'],
    ['older GIF', gif('87a'), 'image/gif'],
  ])('(%s, with any file name) is uploaded once, and the new worker uses it', (_, bytes, contentType) =>
    inSandbox((lab) =>
      inWorkspace({ 'logo.txt': bytes }, async (workspace) => {
        const outputs = outputsOf(await lab.run({ icon: 'logo.txt' }, { workspace }));
        const [image, ...others] = await imagesIn(lab);
        expect(others).toEqual([]);
        expect(await iconOf(lab)).toEqual({ id: image, href: expect.stringContaining(image!) });
        expect(await recordOf(lab)).toMatchObject({ icon: { sha256: sha256(bytes), imageId: image } });
        expect(changesOf(outputs)[0]).toEqual({ kind: 'upload-icon', to: sha256(bytes) });
        const [upload] = (await lab.requests()).filter(({ path }) => path.endsWith('/images'));
        expect(upload!.headers['content-type']).toBe(contentType);
        expect(upload!.headers['content-disposition']).toMatch(/^attachment; filename=[\w.]+$/);
      }),
    ),
  );

  test.concurrent('that did not change is not uploaded again', () =>
    withIcon(async (lab, again) => {
      const [before, writes] = [await imagesIn(lab), await lab.writes('pingone')];
      expect(outputsOf((await again()) as never)).toMatchObject({ result: 'unchanged', changed: 'false' });
      expect([await imagesIn(lab), await lab.writes('pingone')]).toEqual([before, writes]);
    }),
  );

  test.concurrent('is uploaded again if PingOne no longer has the image', () =>
    withIcon(async (lab, again) => {
      const [old] = await imagesIn(lab);
      const token = await lab.token(lab.ready.admin);
      const gone = await fetch(`${lab.ready.pingone.apiUrl}/environments/${environmentId(lab)}/images/${old!}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      });
      expect(gone.status).toBe(204);
      expect(outputsOf((await again()) as never)).toMatchObject({ result: 'updated' });
      expect(await imagesIn(lab)).toEqual([(await iconOf(lab))!.id]);
      expect((await iconOf(lab))!.id).not.toBe(old);
      expect(outputsOf((await again()) as never)).toMatchObject({ result: 'unchanged' });
    }),
  );

  test.concurrent('that changed is uploaded, then set, and then the old image is deleted', () =>
    withIcon(async (lab, again, file) => {
      const [old] = await imagesIn(lab);
      writeFileSync(file, png(32));
      const requests = await requestsOf(lab, again);
      expect(requests.filter(({ write }) => write).map(lineOf)).toEqual([
        'POST images',
        `PUT ${(await lab.theOnly(workerName)).id}`,
        'PUT metadata',
        `DELETE ${old!}`,
      ]);
      expect(await imagesIn(lab)).toEqual([(await iconOf(lab))!.id]);
      expect(await uploads(lab, again)).toEqual([]);
    }),
  );

  test.concurrent(
    "that somebody changed in the console is uploaded again, and only the action's own old image is deleted",
    () =>
      withIcon(async (lab, again) => {
        const { id } = await lab.theOnly(workerName);
        const theirs = { id: '11111111-1111-4111-8111-111111111111', href: 'https://uploads.pingone.com/theirs.png' };
        await lab.console({ application: id, set: { icon: theirs } });
        expect(await uploads(lab, again)).toEqual(['POST', 'DELETE']);
        expect((await iconOf(lab))!.id).not.toBe(theirs.id);
        expect(await imagesIn(lab)).toEqual([(await iconOf(lab))!.id]);
        expect((await lab.requests()).map(lineOf)).not.toContain(`DELETE ${theirs.id}`);
        expect(await uploads(lab, again)).toEqual([]);
      }),
  );

  test.concurrent('that is not set is not changed', () =>
    withIcon(async (lab, again) => {
      const before = await iconOf(lab);
      expect(outputsOf((await again({ icon: undefined })) as never)).toMatchObject({ result: 'unchanged' });
      expect(await iconOf(lab)).toEqual(before);
    }),
  );

  test.concurrent('whose old image cannot be deleted gives a notice, and the step continues', () =>
    withIcon(async (lab, again, file) => {
      writeFileSync(file, png(32));
      await lab.faults({ match: { method: 'DELETE', path: 're:/images/' }, do: { status: 403, body: { code: 'X' } } });
      const result = (await again()) as never;
      expect(messages(result, 'notice')).toEqual([expect.stringContaining('unused icon image could not be deleted')]);
    }),
  );
});

describe('`clear: icon`', () => {
  test.concurrent('removes icon and image and updates the record, once', () =>
    withIcon(async (lab, again) => {
      const clear = { icon: undefined, clear: 'icon' };
      const outputs = outputsOf((await again(clear)) as never);
      expect(changesOf(outputs)).toEqual([{ kind: 'remove-icon' }]);
      expect([await iconOf(lab), await imagesIn(lab)]).toEqual([undefined, []]);
      expect(await recordOf(lab)).not.toHaveProperty('icon');
      const writes = await lab.writes('pingone');
      expect(outputsOf((await again(clear)) as never)).toMatchObject({ result: 'unchanged' });
      expect(await lab.writes('pingone')).toEqual(writes);
    }),
  );

  test.concurrent('an icon of another owner is replaced with a warning', () =>
    inSandbox((lab) =>
      inWorkspace({ 'icon.png': png() }, async (workspace) => {
        const icon = { id: '11111111-1111-4111-8111-111111111111', href: 'https://uploads.pingone.com/a.png' };
        await byHand(lab, { icon });
        const result = await lab.run({ icon: 'icon.png', roles: 'none' }, { workspace });
        expect(changesOf(outputsOf(result))).toEqual([
          { kind: 'upload-icon', to: sha256(png()), warning: expect.stringContaining('did not create') },
        ]);
        expect(messages(result, 'warning')).toEqual([expect.stringMatching(/^Upload icon: /)]);
      }),
    ),
  );

  test.concurrent('an icon of another owner is removed with a warning, and its image stays', () =>
    inSandbox(async (lab) => {
      const icon = { id: '11111111-1111-4111-8111-111111111111', href: 'https://uploads.pingone.com/theirs.png' };
      await byHand(lab, { icon });
      const result = await lab.run({ clear: 'icon', roles: 'none' });
      expect(changesOf(outputsOf(result))).toEqual([
        { kind: 'remove-icon', warning: expect.stringContaining('did not create') },
      ]);
      expect(messages(result, 'warning')).toEqual([expect.stringMatching(/^Remove icon: /)]);
      expect(await iconOf(lab)).toBeUndefined();
      expect((await lab.requests()).filter(({ path }) => path.includes('/images'))).toEqual([]);
    }),
  );
});
