/**
 * `--latency MS`: what distance costs. A new connection has to be made first, TCP and TLS: two round trips more, which
 * a client that connects early has behind it when it sends its request.
 *
 * @param age milliseconds since the connection was opened; undefined if this is not its first request
 */
export const latencyOf = (latencyMs: number, age: number | undefined): number =>
  age === undefined ? latencyMs : Math.max(latencyMs, latencyMs * 3 - age);
