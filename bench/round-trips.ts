/** A request as the sandbox logs it (`GET /__sandbox/requests`), as far as it matters here. */
export interface LoggedRequest {
  /** Milliseconds since the sandbox started. */
  readonly start: number;
  /** null while it is under way. */
  readonly end: number | null;
  readonly connection: number;
}

/** How much of a run is waiting for the other side. */
export interface Waiting {
  readonly requests: number;
  /** The longest chain of requests of which each began after the one before had ended. */
  readonly roundTrips: number;
  /** The costliest such chain, in milliseconds from each request's arrival to its response. */
  readonly ms: number;
  readonly connections: number;
}

/**
 * Counts what a run waited for. To be taken at a latency that is well above the time that the program needs between
 * two requests: without any, requests that were sent side by side may be answered one after the other.
 */
export function waitingOf(requests: readonly LoggedRequest[]): Waiting {
  const inOrder = requests.toSorted((a, b) => a.start - b.start);
  const seen = new Set<number>();
  const chains: { end: number; roundTrips: number; ms: number }[] = [];
  for (const { start, end, connection } of inOrder) {
    const before = chains.filter((chain) => chain.end <= start);
    chains.push({
      end: end ?? Infinity,
      roundTrips: 1 + Math.max(0, ...before.map(({ roundTrips }) => roundTrips)),
      ms: (end ?? start) - start + Math.max(0, ...before.map(({ ms }) => ms)),
    });
    seen.add(connection);
  }
  return {
    requests: requests.length,
    roundTrips: Math.max(0, ...chains.map(({ roundTrips }) => roundTrips)),
    ms: Math.max(0, ...chains.map(({ ms }) => ms)),
    connections: seen.size,
  };
}
