import type { AssertionAddressee, AssertionDefect, AssertionSource, KeyDefect } from '../pingone/assertion.ts';
import { readAssertion, readPrivateKey } from '../pingone/assertion.ts';
import { inline, sentenceList } from '../text.ts';
import type { Problem } from './reader.ts';

const [assertionInput, keyInput] = ['admin-client-assertion', 'admin-private-key'] as const;

/** The inputs that replace a client secret. */
export const assertionInputs: readonly string[] = [assertionInput, keyInput];

/** Reads the one that is set, or returns why it cannot be used. */
export function readAssertionSource(
  input: (name: string) => string,
  addressee: AssertionAddressee,
  now: number,
): AssertionSource | Problem {
  const assertion = input(assertionInput);
  if (assertion === '') {
    const key = readPrivateKey(input(keyInput));
    if (typeof key === 'string' || 'algorithm' in key) return keyProblem(key);
    return { kind: 'key', key, keyId: input('admin-key-id') || undefined };
  }
  const read = readAssertion(assertion, addressee, now);
  return read.kind === 'given' ? read : assertionProblem(read, addressee);
}

const newKey =
  'create a key with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048`, and register its public key in PingOne';

const keyDefects: Readonly<Record<Extract<KeyDefect, string>, readonly [cause: string, fix: string]>> = {
  'not-pem': [
    'the value is the path of the file, or its first line is missing',
    'store the whole file in the secret, from the line with BEGIN to the line with END',
  ],
  certificate: ['it is a certificate, which contains only the public key', 'store the private key that belongs to it'],
  public: ['it is the public key', 'store the private key that belongs to it'],
  encrypted: ['a passphrase protects it', 'store the output of `openssl pkcs8 -topk8 -nocrypt -in key.pem`'],
  openssh: ['it has the OpenSSH format of `ssh-keygen`', newKey],
  jwk: ['it is a JWK', 'convert it to PEM (PKCS#8), and store the PEM'],
  damaged: [
    'it was truncated or changed when it was copied',
    'store the whole file in the secret, from the line with BEGIN to the line with END',
  ],
  'too-short': ['it has fewer than 2048 bits, the minimum for RS256 (RFC 7518)', newKey],
};

function keyProblem(defect: KeyDefect): Problem {
  const [cause, fix] =
    typeof defect === 'string'
      ? keyDefects[defect]
      : [`it is a key for ${inline(defect.algorithm, 20)}, but the action signs with RS256`, newKey];
  return { what: `\`${keyInput}\` must be an RSA private key, unencrypted, as PEM (PKCS#8)`, cause, fix };
}

const newAssertion = 'create the assertion in the job, right before this step';
const signer = 'check the claims that the signing step sets';

type Parts = readonly [what: string, cause: string, fix: string];

function assertionProblem(defect: AssertionDefect, { clientId, tokenEndpoint }: AssertionAddressee): Problem {
  const [what, cause, fix] = assertionParts(defect, clientId, tokenEndpoint);
  return { what: `\`${assertionInput}\` ${what}`, cause, fix };
}

function assertionParts(defect: AssertionDefect, clientId: string, tokenEndpoint: string): Parts {
  switch (defect.kind) {
    case 'not-jwt':
      return [
        'must be a signed JWT: three base64url parts with dots between them',
        'the step that signs it failed or printed something else, or the value was truncated',
        'check the output of the signing step. base64url has no `=`, `+` or `/`',
      ];
    case 'unsigned':
      return ['has no signature', 'the signing step did not add one', 'sign it with the private key (RS256)'];
    case 'symmetric':
      return [
        'is signed with a shared secret, not with a private key',
        'its header has the algorithm of the method CLIENT_SECRET_JWT, such as `HS256`',
        'sign it with the private key (RS256)',
      ];
    case 'audience':
    case 'client':
      return wrongParty(defect, clientId, tokenEndpoint);
    case 'no-expiry':
      return ['has no expiry (the claim `exp`)', 'the signing step does not set it', signer];
    case 'expired':
    case 'too-long':
    case 'not-yet':
      return wrongTime(defect);
  }
}

function wrongTime(defect: Extract<AssertionDefect, { at: number }>): Parts {
  switch (defect.kind) {
    case 'expired':
      return [
        `expired at ${timeOfClaim(defect.at)}`,
        'too much time passed between signing and this step, or the clock of the runner is wrong',
        newAssertion,
      ];
    case 'too-long':
      return [
        `expires at ${timeOfClaim(defect.at)}, more than one hour ahead`,
        'the claim `exp` is in milliseconds, or the signing step sets a longer lifetime',
        'set `exp` to at most 3600 seconds from now, in seconds since 1970',
      ];
    case 'not-yet':
      return [
        `is not valid before ${timeOfClaim(defect.at)}`,
        'the clock of the runner or of the signing step is wrong',
        newAssertion,
      ];
  }
}

function wrongParty(
  { kind, found }: Extract<AssertionDefect, { found: readonly string[] }>,
  clientId: string,
  tokenEndpoint: string,
): Parts {
  const values = sentenceList(found.map((value) => (value === '' ? 'nothing' : `"${inline(value, 100)}"`)));
  if (kind === 'client') {
    return [
      `is for another client: \`iss\` and \`sub\` are ${values}`,
      'it was signed for another application, or `admin-client-id` is not the application of the key',
      `set both claims to \`admin-client-id\`, "${inline(clientId, 100)}"`,
    ];
  }
  return [
    `is for another audience: \`aud\` is ${values}`,
    'it was signed for another region or another environment, or `admin-environment-id` is wrong',
    `set the claim to the token endpoint, ${inline(tokenEndpoint)}`,
  ];
}

function timeOfClaim(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}
