/** Row 8: the jobs of a matrix at once, against the limits that PingOne and GitHub enforce. */
import type { Result } from './lab.ts';
import { Lab } from './lab.ts';
import type { Row } from './row.ts';

const jobs = 40;

// GitHub's limit is real. PingOne's is not known; this one makes the jobs wait.
const limits = { ratePerMinute: 600, githubRatePerMinute: 80 };

/** A first run and an unchanged run of all jobs. A job that fails fails the benchmark. */
export async function scale(): Promise<Row[]> {
  const lab = await Lab.start(limits);
  try {
    return [...(await all(lab, 'created')), ...(await all(lab, 'unchanged'))];
  } finally {
    await lab.close();
  }
}

async function all(lab: Lab, result: Result): Promise<Row[]> {
  const before = await lab.requestCount();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: jobs }, (_, job) =>
      lab.byAction(`Job ${job}`, result, {
        ...lab.storing,
        environment: lab.environmentId,
        'secret-prefix': `JOB_${job}_`,
        // GitHub takes 100 secrets for each repository.
        'store-ids-as': 'variables',
        timeout: '900',
      }),
    ),
  );
  const what = `${jobs} jobs at once, ${result}`;
  return [
    { row: '8', what, value: performance.now() - start, unit: 'ms' },
    { row: '8', what, value: (await lab.requestCount()) - before, unit: 'requests' },
  ];
}
