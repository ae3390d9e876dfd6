import type { ClientKind } from '../models/types.js';

/**
 * What a workspace depends on beyond its processes, and what guards each of these calls. Plain data: it is printed as a
 * table, a diagram or a page, compared with a baseline, and published as JSON (docs/schemas/failure-map.json).
 */
export interface FailureMap {
  readonly version: 1;
  readonly pluginVersion: string;
  /** Name of the root package, or of the folder. */
  readonly workspace: string;
  /** All members of the workspace that were read, and those that lead to them. Sorted by name. */
  readonly packages: readonly MapPackage[];
  /** Sorted by id. */
  readonly downstreams: readonly MapDownstream[];
  /** Sorted by package, client and downstream. */
  readonly dependencies: readonly MapDependency[];
  readonly totals: MapTotals;
  /** Files that could not be read, by path from the root, with the reason. */
  readonly unread: readonly { readonly file: string; readonly reason: string }[];
}

export interface MapPackage {
  readonly name: string;
  /** From the root; `.` for the root. */
  readonly folder: string;
  /** Members of the workspace that its manifest or its imports name. */
  readonly dependsOn: readonly string[];
  /** Ids of the dependencies whose calls stand in this package. */
  readonly dependencies: readonly string[];
  /** Ids of those that its functions reach through other packages as well. */
  readonly reaches: readonly string[];
}

/** The other side of a call, as far as the code tells. */
export interface MapDownstream {
  /** `host:api.stripe.com`, `env:ORDERS_URL`, `service:S3`, `unknown:<client>`. */
  readonly id: string;
  readonly is: 'host' | 'env' | 'service' | 'varies' | 'unknown';
  /** For people: `api.stripe.com`, `$ORDERS_URL`. */
  readonly label: string;
  readonly kinds: readonly ClientKind[];
}

/** `yes`: shown by the code. `no`: its absence is shown. `unknown`: neither; never counted as a fault. `not-asked`: makes no sense here. */
export type Answer = 'yes' | 'no' | 'unknown' | 'not-asked';

export interface Guard {
  readonly answer: Answer;
  /** A few words: `timeout: 10 s, of the client`, `3 retries by got`, `why not known`. */
  readonly detail: string;
  /** Where it is set, as path from the root with its line; `null` where it is a default of the library or not there. */
  readonly at: string | null;
}

/** One client of one package that talks to one downstream. */
export interface MapDependency {
  /** Stable over moved lines: package, client and downstream. */
  readonly id: string;
  /** Name of the workspace's package whose files hold the calls. */
  readonly package: string;
  readonly client: MapClient;
  /** Id of the downstream. */
  readonly downstream: string;
  readonly timeout: Guard;
  readonly retry: Guard;
  readonly breaker: Guard;
  readonly pool: Guard;
  /** The worst of its operations: `unbounded` before `unprotected` before `unknown` before `protected`. */
  readonly state: MapState;
  /** In the order of path and line. */
  readonly operations: readonly MapOperation[];
  /** Functions that end up here, nearest first; those of other packages too. */
  readonly reachedBy: readonly MapReach[];
  /** Packages among them, the own one left out. Sorted. */
  readonly reachedFrom: readonly string[];
}

/**
 * `unbounded`: some call is shown to have no time bound. `unprotected`: every call is bounded or not known, and it is
 * shown that neither a retry nor a circuit breaker stands before one. `protected`: bounded, with one of the two where
 * they are asked for. `unknown`: all else, what waits on purpose or gives a stream among it.
 */
export type MapState = 'unbounded' | 'unprotected' | 'unknown' | 'protected';

export interface MapClient {
  /** The npm package, or `globalThis` for globals such as fetch. */
  readonly package: string;
  readonly title: string;
  readonly kind: ClientKind;
  /** Installed or asked for; `null` where neither is known. */
  readonly version: string | null;
  /** Where it is made, `path:line` from the root; `null` for bare functions. */
  readonly madeAt: string | null;
}

export interface MapOperation {
  /** From the root. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** As it is written: `orders.get`. */
  readonly name: string;
  /** The path of the address where it is known: `/orders/{}`. */
  readonly target: string | null;
  readonly effect: 'read' | 'write' | 'unknown';
  readonly timeout: Guard;
  readonly retry: Guard;
  readonly breaker: Guard;
  readonly state: MapState;
  /** Name of the function that it stands in; `null` at the top of a module. */
  readonly within: string | null;
}

export interface MapReach {
  readonly function: string;
  readonly package: string;
  readonly file: string;
  readonly line: number;
  /** Calls between it and the operation: 0 where it holds it. */
  readonly steps: number;
  /** Nobody in the workspace calls it: a handler, a job, an export for others. */
  readonly entry: boolean;
}

export interface MapTotals {
  readonly dependencies: number;
  readonly operations: number;
  readonly unbounded: number;
  readonly unprotected: number;
  readonly unknown: number;
  readonly protected: number;
}
