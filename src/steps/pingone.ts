import type { PingOne } from '../pingone/client.ts';
import { createPingOne } from '../pingone/client.ts';
import type { AccessTokens } from '../pingone/token.ts';
import type { Session } from './session.ts';

/**
 * PingOne's API with these tokens.
 *
 * @param isYoung true while PingOne may still be setting the environment up, see `isSettling`
 */
export function pingOneFor(session: Session, tokens: AccessTokens, isYoung = false): PingOne {
  const { settings, limits, runner, clock, interruption, send, trace } = session;
  return createPingOne({
    apiUrl: settings.apiUrl,
    send,
    tokens,
    traceHeaders: trace,
    clock,
    interruption,
    lagMs: isYoung ? limits.youngEnvironmentMs : limits.verifyMs,
    isYoung,
    onWait: runner.info,
  });
}
