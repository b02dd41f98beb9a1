/** `--latency MS`: what distance costs. A new connection has to be made first, TCP and TLS: two round trips more. */
export const latencyOf = (latencyMs: number, firstOnConnection: boolean): number =>
  firstOnConnection ? latencyMs * 3 : latencyMs;
