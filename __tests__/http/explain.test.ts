import { expect, test } from '@jest/globals';
import { explainNetwork } from '../../src/http/explain.ts';
import type { NetworkFailure } from '../../src/http/message.ts';
import { NetworkError } from '../../src/http/message.ts';

const service = { name: 'PingOne', addresses: '`region` and `api-url`' };

test.each<[NetworkFailure, RegExp, RegExp]>([
  ['unreachable', /host's name is wrong.*network or proxy/, /`region` and `api-url`.*https_proxy, no_proxy/],
  ['untrusted', /certificate authority/, /NODE_EXTRA_CA_CERTS/],
  ['garbled', /proxy that asks for a login.*address is wrong/, /`region` and `api-url`/],
  ['timeout', /slow or broken.*PingOne has a disturbance/, /raise `timeout`/],
  ['interrupted', /slow or broken/, /run again/],
])('%s is explained in three parts', (failure, cause, fix) => {
  const error = new NetworkError(failure, 'what happened');
  expect(explainNetwork(error, service, 'reading the roles')).toEqual({
    what: 'PingOne could not be reached for reading the roles: what happened',
    cause: expect.stringMatching(cause),
    fix: expect.stringMatching(fix),
  });
});

test.each([
  ['CERT_HAS_EXPIRED', /clock of the runner.*not valid now/, /date and time/],
  ['CERT_NOT_YET_VALID', /clock of the runner/, /date and time/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', /another host/, /address/],
  ['SELF_SIGNED_CERT_IN_CHAIN', /certificate authority/, /NODE_EXTRA_CA_CERTS/],
])('a certificate that is not accepted (%s) is explained by its cause', (code, cause, fix) => {
  const explanation = explainNetwork(new NetworkError('untrusted', code), service, 'reading the roles');
  expect(explanation).toMatchObject({ cause: expect.stringMatching(cause), fix: expect.stringMatching(fix) });
});

test('an answer that is too long is none of the network', () => {
  const error = new NetworkError('too-large', 'the answer is larger than 5 bytes');
  expect(explainNetwork(error, service, 'reading the roles')).toEqual({
    what: 'PingOne gave too long an answer for reading the roles: the answer is larger than 5 bytes',
    cause: expect.stringMatching(/answered instead/),
    fix: expect.stringMatching(/`region` and `api-url`/),
  });
});
