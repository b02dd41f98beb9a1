import type { Exchange } from './exchange.ts';
import type { Document, Schema } from './openapi.ts';
import type { Problem } from './problem.ts';

/** One thing that a vendor's documentation knows better than its OpenAPI description. */
export type Deviation = {
  readonly name: string;
  readonly server: Exchange['server'];
  readonly reason: string;
  /** The vendor's page that says so. */
  readonly source: string;
  /** Whether this is why the exchange differs from the contract. */
  readonly applies: (exchange: Exchange, problem: Problem) => boolean;
  /** Operations that the documentation has and the contract lacks: the exchange is held against these instead. */
  readonly paths?: Document['paths'];
  /** What the documentation says of the body of an answer whose status the contract lacks. */
  readonly responseBody?: Schema;
};
