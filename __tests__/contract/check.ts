import type { Contract } from './contract.ts';
import { createContract } from './contract.ts';
import type { Deviation } from './deviation.ts';
import { deviations } from './deviations.ts';
import type { Exchange } from './exchange.ts';
import { pathname } from './exchange.ts';
import type { Document } from './openapi.ts';
import type { Problem } from './problem.ts';
import { describe } from './problem.ts';
import { readGithubDocument, readPingoneDocument } from './vendors.ts';

/** What is wrong with an exchange, and the names of the deviations without which more would be. */
export type Findings = { readonly problems: readonly Problem[]; readonly deviations: readonly string[] };

/** A vendor's contract, and beside it one for the paths of each deviation that has its own. */
type Vendor = { readonly contract: Contract; readonly instead: ReadonlyMap<Deviation, Contract> };

const vendors = new Map<Exchange['server'], Vendor | undefined>();

/** Holds one exchange against the contract of its vendor: a line for each problem, none where all is well. */
export function checkExchange(exchange: Exchange): string[] {
  return inspectExchange(exchange).problems.map(describe);
}

/** Like `checkExchange`, with the problems as data. Where a vendor's contract is absent, nothing is found. */
export function inspectExchange(exchange: Exchange): Findings {
  const vendor = isOutsideContract(exchange) ? undefined : vendorOf(exchange.server);
  if (!vendor) return { problems: [], deviations: [] };
  return judge(vendor, exchange, vendor.contract.check(exchange), deviations);
}

/** Names of the deviations of the given servers that none of the exchanges needed. */
export function unusedDeviations(used: ReadonlySet<string>, servers: readonly Exchange['server'][]): string[] {
  return deviations.filter(({ name, server }) => servers.includes(server) && !used.has(name)).map(({ name }) => name);
}

/** Sign-in is OAuth, on another host: the contract of the Management API does not speak of it. */
function isOutsideContract(exchange: Exchange): boolean {
  return exchange.server === 'pingone' && /^(\/[^/]+)?\/as\/token$/.test(pathname(exchange));
}

/** Strikes the problems that a deviation explains, and adds what the exchange does wrong by that deviation itself. */
function judge(
  vendor: Vendor,
  exchange: Exchange,
  problems: readonly Problem[],
  known: readonly Deviation[],
): Findings {
  const judged = problems.map((problem): Findings => {
    const deviation = known.find((each) => each.server === exchange.server && each.applies(exchange, problem));
    if (!deviation) return { problems: [problem], deviations: [] };
    const others = known.filter((each) => each !== deviation);
    const rest = judge(vendor, exchange, remaining(vendor, exchange, deviation), others);
    return { problems: rest.problems, deviations: [deviation.name, ...rest.deviations] };
  });
  return {
    problems: judged.flatMap((each) => each.problems),
    deviations: [...new Set(judged.flatMap((each) => each.deviations))],
  };
}

/** What an exchange does wrong even by the word of the deviation. */
function remaining(vendor: Vendor, exchange: Exchange, deviation: Deviation): readonly Problem[] {
  const own = vendor.instead.get(deviation)?.check(exchange) ?? [];
  const body = deviation.responseBody ? vendor.contract.checkResponseBody(exchange, deviation.responseBody) : [];
  return [...own, ...body];
}

/** Read when first needed, then kept: parsing and compiling takes longer than a test. */
function vendorOf(server: Exchange['server']): Vendor | undefined {
  if (!vendors.has(server)) vendors.set(server, openVendor(server));
  return vendors.get(server);
}

function openVendor(server: Exchange['server']): Vendor | undefined {
  const document = server === 'pingone' ? readPingoneDocument() : readGithubDocument();
  if (!document) return undefined;
  const base = server === 'pingone' ? '/v1' : '';
  const instead = deviations
    .filter((deviation) => deviation.server === server && deviation.paths)
    .map((deviation) => [deviation, createContract(withPaths(document, deviation), base)] as const);
  return { contract: createContract(document, base), instead: new Map(instead) };
}

function withPaths(document: Document, { paths }: Deviation): Document {
  return { ...document, paths: paths ?? {} };
}
