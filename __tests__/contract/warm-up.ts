import { inspectExchange } from './check.ts';
import * as sample from './samples.ts';

const { github, inApplication, inEnvironment, pingone } = sample;
const { key, key_id } = { key: 'a', key_id: '1' };

/** Has the contracts read, and what nearly every test needs of them compiled. */
export function warmUp(): void {
  const page = (member: string, item: object) => ({ answer: { _embedded: { [member]: [item] } } });
  const exchanges = [
    pingone(`GET ${inEnvironment}`, { answer: sample.environmentItem }),
    pingone('GET /environments', page('environments', sample.environmentItem)),
    pingone('GET /roles', page('roles', sample.role)),
    pingone(`GET ${inEnvironment}/applications`, { answer: sample.applicationList }),
    pingone(`POST ${inEnvironment}/applications`, { status: 201, send: sample.newWorker, answer: sample.worker }),
    pingone(`GET ${inApplication}`, { answer: sample.worker }),
    pingone(`PUT ${inApplication}`, { send: sample.newWorker, answer: sample.worker }),
    pingone(`GET ${inApplication}/secret`, { answer: sample.secret }),
    pingone(`GET ${inApplication}/roleAssignments`, page('roleAssignments', sample.assignment)),
    pingone(`POST ${inApplication}/roleAssignments`, { status: 201, send: sample.newAssignment, answer: {} }),
    pingone(`PUT ${inApplication}/metadata`, { send: { metadata: {} }, answer: {} }),
    pingone(`GET ${inEnvironment}/populations?limit=1`, { answer: {} }),
    github('GET /repos/octo/sync/actions/secrets/public-key', { answer: { key, key_id } }),
    github('GET /repos/octo/sync/actions/secrets', { answer: { total_count: 0, secrets: [] } }),
    github('PUT /repos/octo/sync/actions/secrets/A', {
      status: 201,
      send: { encrypted_value: 'a', key_id },
      answer: {},
    }),
  ];
  for (const exchange of exchanges) inspectExchange(exchange);
}
