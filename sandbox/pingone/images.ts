/**
 * `/environments/{id}/images`: upload, read, delete. No list and no replacement: an image is found by its ID only.
 * Sources: PingOne API docs, Images; "up to 1 MB" from the console's help; that every format comes back as a PNG from the
 * Terraform provider's acceptance tests. Not documented, chosen here: 400 for wrong content, wrong size or a missing
 * Content-Disposition, 415 for another Content-Type.
 */
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { authenticate, requireEnvironment, requirePermission } from './access.ts';
import { invalidData, invalidRequest, invalidValue, notFound, requiredValue } from './errors.ts';
import { apiUrl, link, resource } from './hal.ts';
import type { ImageFormat } from './image-format.ts';
import { blankPng, imageFormat } from './image-format.ts';
import { pathParameter } from './request.ts';
import type { Image } from './state.ts';
import type { PingOneWorld } from './world.ts';

const LIST = '/v1/environments/:environmentId/images';
const ONE = `${LIST}/:imageId`;
const LARGEST = 1_048_576;

/** In PingOne a host of its own, which needs no token. */
const UPLOADS = '/uploads';

const present = (c: Context, { id, environmentId, fields }: Image): JsonObject => ({
  _links: {
    self: link(apiUrl(c), `/environments/${environmentId}/images/${id}`),
    environment: link(apiUrl(c), `/environments/${environmentId}`),
  },
  ...fields,
});

function environmentOf(c: Context, world: PingOneWorld, permission: 'images:read' | 'images:update'): string {
  const caller = authenticate(c, world);
  const { id } = requireEnvironment(world.state, caller, pathParameter(c, 'environmentId'));
  requirePermission(world.state, caller, permission, { type: 'ENVIRONMENT', id });
  return id;
}

/** The bytes decide what an upload is; what its headers say has to agree with them. */
function checkUpload(c: Context, bytes: Buffer): ImageFormat {
  const contentType = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!/^image\/(png|jpe?g|gif)$/.test(contentType)) {
    throw invalidRequest('The content type must be image/png, image/jpeg or image/gif.', 'Content-Type', 415);
  }
  if (!/^attachment\s*;\s*filename=\S+/i.test(c.req.header('Content-Disposition') ?? '')) {
    throw invalidData(requiredValue('Content-Disposition'));
  }
  if (bytes.length > LARGEST) {
    const innerError = { maximumValue: LARGEST };
    throw invalidData({ code: 'SIZE_LIMIT_EXCEEDED', target: 'file', message: 'The file is too large', innerError });
  }
  const format = imageFormat(bytes);
  if (!format) throw invalidData(invalidValue('file', 'The file is not a PNG, JPEG or GIF image'));
  if (!format.mediaTypes.includes(contentType)) {
    throw invalidData(invalidValue('Content-Type', 'The content type does not match the file'));
  }
  return format;
}

/** PingOne converts every upload to PNG. */
function storedImage(
  environmentId: string,
  { width, height }: ImageFormat,
  byteLength: number,
  createdAt: string,
  origin: string,
): Image {
  const id = randomUUID();
  const href = `${origin}${UPLOADS}/environments/${environmentId}/images/${id}_${randomUUID()}_original.png`;
  const original = { id: 'original', href, type: 'png', width, height };
  const fields = { id, environment: { id: environmentId }, createdAt, targets: { original } };
  return { id, environmentId, byteLength, fields };
}

/** The path that the image's bytes are served at. */
function hrefOf({ targets }: JsonObject): string | undefined {
  const original = isObject(targets) ? targets['original'] : undefined;
  return isObject(original) ? new URL(String(original['href'])).pathname : undefined;
}

function find(c: Context, world: PingOneWorld, permission: 'images:read' | 'images:update'): Image {
  const environmentId = environmentOf(c, world, permission);
  const image = world.state.images.get(pathParameter(c, 'imageId'));
  if (image?.environmentId !== environmentId) throw notFound();
  return image;
}

export function imageRoutes(world: PingOneWorld): Hono {
  const routes = new Hono();
  routes.post(LIST, async (c) => {
    const environmentId = environmentOf(c, world, 'images:update');
    const bytes = Buffer.from(await c.req.arrayBuffer());
    const format = checkUpload(c, bytes);
    const image = storedImage(environmentId, format, bytes.length, world.clock.iso(), new URL(c.req.url).origin);
    world.state.images.set(image.id, image);
    return resource(c, present(c, image), 201);
  });
  routes.get(ONE, (c) => resource(c, present(c, find(c, world, 'images:read'))));
  routes.get(`${UPLOADS}/*`, (c) => {
    const image = world.state.images.all().find(({ fields }) => hrefOf(fields) === c.req.path);
    if (!image) throw notFound();
    return c.body(blankPng(), 200, { 'Content-Type': 'image/png' });
  });
  routes.delete(ONE, (c) => {
    world.state.images.delete(find(c, world, 'images:update').id);
    return c.body(null, 204);
  });
  return routes;
}
