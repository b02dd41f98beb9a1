/**
 * `--latency MS`: the delay of a response. A new connection (TCP and TLS) costs two more round trips, unless the client
 * opened it early enough.
 *
 * @param age milliseconds since the connection was opened; undefined if this is not its first request
 */
export const latencyOf = (latencyMs: number, age: number | undefined): number =>
  age === undefined ? latencyMs : Math.max(latencyMs, latencyMs * 3 - age);
