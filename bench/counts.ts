/** Row 4: requests and dependent round trips of each flow. Exact; no time is in it. */
import { Lab } from './lab.ts';
import type { Inputs, Result, Run } from './lab.ts';
import type { Row } from './row.ts';

// Well above what the program needs between two requests, so that what is sent side by side is answered so.
const latencyMs = 60;

/** Counts each flow once. */
export async function counts(): Promise<Row[]> {
  const lab = await Lab.start({ latencyMs });
  try {
    const count = async (what: string, expected: Result, inputs: Inputs, atMost?: number): Promise<Row[]> => {
      const name = 'store-in' in inputs ? 'Stored' : 'Counted';
      return rowsOf(what, await lab.byAction(name, expected, inputs), atMost);
    };
    return [
      await count('creating, with role and icon where it can', 'created', {}, 9),
      await count('unchanged', 'unchanged', {}, 4),
      await count('unchanged, environment by name', 'unchanged', { environment: 'Sandbox' }, 5),
      await count('creating, stored in GitHub', 'created', lab.storing),
      await count('unchanged, stored in GitHub', 'unchanged', lab.storing),
    ].flat();
  } finally {
    await lab.close();
  }
}

function rowsOf(what: string, { waiting }: Run, atMost: number | undefined): Row[] {
  const target = atMost === undefined ? {} : { target: { atMost } };
  return [
    { row: '4', what: `${what}, in turn`, value: waiting.roundTrips, unit: 'round trips', ...target },
    { row: '4', what: `${what}, in all`, value: waiting.requests, unit: 'requests' },
  ];
}
