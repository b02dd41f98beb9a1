import type { PingOne } from '../pingone/client.ts';
import { createPingOne } from '../pingone/client.ts';
import type { AccessTokens } from '../pingone/token.ts';
import type { RunIdentity } from '../settings.ts';
import type { Session } from './session.ts';

/**
 * PingOne's API with these tokens.
 *
 * @param isYoung true while PingOne may still be setting the environment up, see `isSettling`
 */
export function pingOneFor(session: Session, tokens: AccessTokens, isYoung = false): PingOne {
  const { settings, limits, runner, clock, interruption, send } = session;
  return createPingOne({
    apiUrl: settings.apiUrl,
    send,
    tokens,
    traceHeaders: traceHeaders(settings.run),
    clock,
    interruption,
    lagMs: isYoung ? limits.youngEnvironmentMs : limits.verifyMs,
    isYoung,
    onWait: runner.info,
  });
}

/**
 * What leads from PingOne's audit trail back to the workflow run: at most 100 characters, letters, digits and
 * `. _ - / @ = # +` (PingOne API docs, "Request headers").
 */
function traceHeaders({ owner, repository, runId, runAttempt }: RunIdentity): Record<string, string> {
  const header = (name: string, value: string): Record<string, string> =>
    value === '' ? {} : { [name]: value.replace(/[^A-Za-z0-9._\-/@=#+]/g, '_').slice(0, 100) };
  return {
    ...header('x-ping-external-transaction-id', [owner?.repositoryId, runId, runAttempt].filter(Boolean).join('/')),
    ...header('x-ping-external-session-id', repository),
  };
}
