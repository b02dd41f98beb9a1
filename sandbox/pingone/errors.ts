/**
 * PingOne's error responses.
 * Source: PingOne API docs, Error codes; texts as the vendor's SDKs and Terraform provider recognize them.
 */
import type { JsonObject } from '../json.ts';

export interface ErrorDetail {
  readonly code: string;
  readonly target?: string;
  readonly message: string;
  readonly innerError?: JsonObject;
}

export class PingOneError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly ErrorDetail[];

  constructor(status: number, code: string, message: string, details: readonly ErrorDetail[]) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  toBody(id: string): JsonObject {
    return { id, code: this.code, message: this.message, details: this.details };
  }
}

const FAILED = 'The request could not be completed.';

export const invalidData = (...details: ErrorDetail[]): PingOneError =>
  new PingOneError(400, 'INVALID_DATA', `${FAILED} One or more validation errors were in the request.`, details);

export const invalidRequest = (message: string, target?: string, status = 400): PingOneError =>
  new PingOneError(status, 'INVALID_REQUEST', `${FAILED} The request was malformed or not valid.`, [
    { code: 'INVALID_VALUE', ...(target === undefined ? {} : { target }), message },
  ]);

export const invalidToken = (): PingOneError =>
  new PingOneError(401, 'ACCESS_FAILED', `${FAILED} You do not have access to this resource.`, [
    {
      code: 'INVALID_TOKEN',
      target: 'Authentication Credentials',
      message: 'The authorization token is either missing or invalid, or it has expired.',
    },
  ]);

const NOT_AUTHORIZED = 'The actor attempting to perform the request is not authorized.';

/**
 * @param message of the detail
 * @param summary the top-level message
 */
export const forbidden = (
  message = NOT_AUTHORIZED,
  summary = `${FAILED} You do not have access to this resource.`,
): PingOneError => new PingOneError(403, 'ACCESS_FAILED', summary, [{ code: 'INSUFFICIENT_PERMISSIONS', message }]);

export const notFound = (): PingOneError =>
  new PingOneError(404, 'NOT_FOUND', `${FAILED} The requested resource was not found.`, [
    { code: 'NOT_FOUND', message: 'The requested resource object cannot be found.' },
  ]);

/** Required, wrong and clashing values; several of them make one `INVALID_DATA`. */
export const requiredValue = (target: string): ErrorDetail => ({
  code: 'REQUIRED_VALUE',
  target,
  message: `must not be null`,
});

export const invalidValue = (target: string, message: string, innerError?: JsonObject): ErrorDetail => ({
  code: 'INVALID_VALUE',
  target,
  message,
  ...(innerError === undefined ? {} : { innerError }),
});

export const requestLimited = (retryAfter: string): PingOneError =>
  new PingOneError(429, 'REQUEST_LIMITED', `${FAILED} The request limit has been exceeded.`, [
    { code: 'LIMIT_EXCEEDED', message: 'The request limit has been exceeded.', innerError: { retryAfter } },
  ]);
