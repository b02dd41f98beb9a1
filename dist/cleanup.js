import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);

// src/secret-file.ts
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync, unlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
var secretFileState = "datasyncSecretFile";
function removeSecretFile(file, digestOf) {
  const { path } = file;
  try {
    if (!isSame(file, digestOf)) return "changed";
    unlinkSync(path);
    return "removed";
  } catch (error) {
    const { code } = error;
    if (code === "ENOENT" || code === "ENOTDIR") return "gone";
    if (code === "ELOOP" || code === "EMLINK") return "changed";
    throw error;
  }
}
function isSame({ path, device, inode, digest }, digestOf) {
  if (realpathSync(dirname(path)) !== dirname(path) || !lstatSync(path).isFile()) return false;
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { dev, ino, isRegular, size } = statusOf(descriptor);
    if (!isRegular || `${dev}` !== device || `${ino}` !== inode || size > largest) return false;
    return digestOf(readFileSync(descriptor)) === digest;
  } finally {
    closeSync(descriptor);
  }
}
var largest = 65536n;
function statusOf(descriptor) {
  const status = fstatSync(descriptor, { bigint: true });
  return { dev: status.dev, ino: status.ino, size: status.size, isRegular: status.isFile() };
}

// src/cleanup.ts
var outcomes = {
  removed: "Removed the file with the client secret for PingDataSync. To keep it after the job, set `datasync-keep: true`.",
  changed: "Not removed: the file with the client secret for PingDataSync was changed after this action wrote it.",
  gone: "The file with the client secret for PingDataSync was removed before."
};
async function cleanUp(state2) {
  const { createHash } = await import("node:crypto");
  const file = JSON.parse(state2);
  return outcomes[removeSecretFile(file, (content) => createHash("sha256").update(content).digest("hex"))];
}
function warningOf(error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return `::warning title=PingOne Worker App::The file with the client secret for PingDataSync could not be removed (${code}). Remove it from the workspace.`;
}
var state = process.env[`STATE_${secretFileState}`];
if (state) {
  void cleanUp(state).catch(warningOf).then((line) => process.stdout.write(`${line}
`, () => process.exit(0)));
} else process.exit(0);
