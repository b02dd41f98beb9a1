/** Something that is done again and again; each time it comes to a number, mostly milliseconds. */
export type Subject = () => Promise<number>;

/**
 * Does one of each a round: whatever else the machine does meets all of them alike. The first round fills the file
 * cache, and does not count.
 */
export async function interleave<Name extends string>(
  subjects: Readonly<Record<Name, Subject>>,
  rounds: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(subjects) as Name[];
  const samples = Object.fromEntries(names.map((name): [string, number[]] => [name, []])) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const sample = await subjects[name]();
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}

/** The middle of the values; of an even number of them, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
