/** The sandbox's time: real time plus what `POST /__sandbox/clock` has added. */
export interface Clock {
  now(): number;
  iso(): string;
  advance(seconds: number): void;
  reset(): void;
}

export function createClock(): Clock {
  let offset = 0;
  const now = () => Date.now() + offset;
  return {
    now,
    iso: () => new Date(now()).toISOString(),
    advance: (seconds) => {
      offset += seconds * 1000;
    },
    reset: () => {
      offset = 0;
    },
  };
}
