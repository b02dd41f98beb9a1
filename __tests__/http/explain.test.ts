import { expect, test } from '@jest/globals';
import { explainNetwork, NetworkError } from '../../src/http/errors.ts';
import type { NetworkFailure } from '../../src/http/errors.ts';

const service = { name: 'PingOne', addresses: '`region` and `api-url`' };

test.each<[NetworkFailure, string, RegExp, RegExp]>([
  [
    'unreachable',
    'could not be reached for',
    /address of the host is wrong.*network or proxy/,
    /`region`.*https_proxy, no_proxy/,
  ],
  ['untrusted', 'could not be reached for', /certificate authority/, /NODE_EXTRA_CA_CERTS/],
  [
    'proxy-refused',
    'could not be reached for',
    /user or password of the proxy is wrong/,
    /`https_proxy`.*percent.*`no_proxy`/,
  ],
  ['garbled', 'could not be reached for', /login page.*address is wrong/, /`region` and `api-url`/],
  [
    'unexpected',
    'sent an unexpected response for',
    /another API.*has changed/,
    /`region` and `api-url`.*latest version/,
  ],
  ['timeout', 'could not be reached for', /slow or broken, or PingOne is unavailable/, /raise `timeout`/],
  ['interrupted', 'could not be reached for', /slow or broken/, /run the workflow again/],
  ['too-large', 'sent too large a response for', /responded instead/, /`region` and `api-url`/],
])('%s is explained in three parts', (failure, verb, cause, fix) => {
  const error = new NetworkError(failure, 'what happened');
  expect(explainNetwork(error, service, 'reading the roles')).toEqual({
    what: `PingOne ${verb} reading the roles: what happened`,
    cause: expect.stringMatching(cause),
    fix: expect.stringMatching(fix),
  });
});

test.each([
  ['CERT_HAS_EXPIRED', /clock of the runner.*is expired/, /date and time/],
  ['CERT_NOT_YET_VALID', /clock of the runner/, /date and time/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', /another host/, /address/],
  ['SELF_SIGNED_CERT_IN_CHAIN', /certificate authority/, /NODE_EXTRA_CA_CERTS/],
])('a certificate that is not accepted (%s) is explained with its cause', (code, cause, fix) => {
  const explanation = explainNetwork(new NetworkError('untrusted', code), service, 'reading the roles');
  expect(explanation).toMatchObject({ cause: expect.stringMatching(cause), fix: expect.stringMatching(fix) });
});
