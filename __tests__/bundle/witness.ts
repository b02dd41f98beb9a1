import type { Exchange, Ready } from '../../sandbox/sandbox.ts';
import type { ApplicationState } from './control.ts';
import type { Secret } from './leaks.ts';

type HoldsSecret = Pick<ApplicationState, 'id' | 'clientId' | 'secret' | 'previous'>;

/** A secret in an answer of PingOne; of a client secret it says whose it is. */
interface SentSecret extends Secret {
  readonly applicationId?: string;
  /** Of an access token: the token endpoint. */
  readonly endpoint?: string;
}

/** Remembers every secret that exists in a sandbox, and which of them were sent to a client. */
export class Witness {
  readonly #known: readonly Secret[];
  readonly #sent: SentSecret[] = [];
  readonly #used = new Set<string>();

  constructor({ admin, admins, github }: Ready) {
    const { token, readOnlyToken, jobToken } = github;
    this.#known = [
      ...Object.entries({ admin, ...admins }).map(([name, credentials]) => ({
        label: `the secret of the admin credentials "${name}"`,
        value: 'privateKey' in credentials ? credentials.privateKey : credentials.clientSecret,
        clientId: credentials.clientId,
      })),
      ...Object.entries({ token, readOnlyToken, jobToken }).map(([name, value]) => ({
        label: `GitHub's ${name}`,
        value,
      })),
    ];
  }

  /** To be told about each exchange with the sandbox. */
  observe(exchange: Exchange): void {
    const bearer = /^Bearer (.+)$/.exec(exchange.requestHeaders.authorization ?? '')?.[1];
    if (bearer !== undefined) this.#used.add(bearer);
    if (exchange.server === 'pingone' && exchange.status === 200) this.#sent.push(...secretsIn(exchange));
  }

  /** Begins anew: the sandbox was put back to its start. */
  forget(): void {
    this.#sent.length = 0;
  }

  /** How many secrets were sent so far, for `sentSince`. */
  get mark(): number {
    return this.#sent.length;
  }

  sentSince(mark: number, applications: readonly HoldsSecret[]): readonly Secret[] {
    const sent = this.#sent.slice(mark).filter((secret, index, all) => !this.#mayBeLost(secret, all.slice(index + 1)));
    return sent.map(({ applicationId, label, value }) => {
      if (applicationId === undefined) return { label, value };
      const owner = applications.find(({ id }) => id === applicationId);
      return { label, value, clientId: owner?.clientId ?? applicationId };
    });
  }

  /** On a slow machine a client may give a token request up, and repeat it: it never got the first token. */
  #mayBeLost({ endpoint, value }: SentSecret, later: readonly SentSecret[]): boolean {
    const isRepeated = endpoint !== undefined && later.some((other) => other.endpoint === endpoint);
    return isRepeated && !this.#used.has(value);
  }

  /** Every secret that there is or was. */
  all(applications: readonly HoldsSecret[]): readonly Secret[] {
    const held = applications.flatMap(({ id, clientId = id, secret, previous }) =>
      [secret, previous?.secret].flatMap((value): Secret[] =>
        value === undefined ? [] : [{ label: `the secret of the application ${id}`, value, clientId }],
      ),
    );
    return [...this.#known, ...this.sentSince(0, applications), ...held];
  }
}

function secretsIn({ path, responseBody }: Exchange): SentSecret[] {
  const applicationId = /\/applications\/([^/]+)\/secret$/.exec(path)?.[1];
  const isToken = /^\/[^/]+\/as\/token$/.test(path);
  if (!isToken && applicationId === undefined) return [];
  const { access_token, secret, previous } = JSON.parse(responseBody.toString());
  if (applicationId === undefined) return [{ label: 'an access token', value: access_token, endpoint: path }];
  const earlier = previous ? [{ label: "the worker's previous secret", value: previous.secret, applicationId }] : [];
  return [{ label: "the worker's secret", value: secret, applicationId }, ...earlier];
}
