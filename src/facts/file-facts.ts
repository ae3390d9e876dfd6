import type { SourceFile } from '../analysis/source-file.js';
import type { ClientKind } from '../models/types.js';
import { isBuiltCode, isVendoredCode } from './built-code.js';
import { droppedCauses, type DroppedCause } from './dropped-causes.js';
import { errorHandlers, mayHandleErrors, type ErrorHandler } from './error-handlers.js';
import { silentFailures, type Judged } from './silent-failures.js';
import { ambiguousHits, type AmbiguousHit } from './ambiguous-hits.js';
import { lastingEntries, type LastingEntry } from './cache-expiry.js';
import { errorFills, type ErrorFill } from './cache-fills.js';
import { keyspaceScans, type KeyspaceScan } from './keyspace-scans.js';
import { policySites, type PolicySite } from './policy-sites.js';
import { policySeams, type PolicySeam } from './policy-seams.js';
import { overruns, type Overrun } from './overruns.js';
import { pools, type Pool } from './pools.js';
import { nestedRetries, type NestedRetry } from './nested-retries.js';
import { releases, type Release } from './releases.js';
import { libraryRetries, type LibraryRetry } from './library-retries.js';
import { retryRegions, type RetryRegion } from './retries.js';
import { retriedRemotes, type RetriedRemote } from './circuit-breakers.js';
import { retriedWrites, unsafeRetries, type RetriedWrite, type UnsafeRetry } from './unsafe-retries.js';
import { invertedGuards, type InvertedGuard } from './inverted-guards.js';
import type { NullableKind } from './nullable-source.js';
import { mayBeNull, nullableUses, type NullableUse } from './nullable-values.js';
import { timeBounds, type TimeBound } from './time-bounds.js';
import { unawaitedFunctions, type UnawaitedFunction } from './unawaited-functions.js';
import { unboundedSites, wholeClients, type UnboundedSite } from './unbounded-sites.js';

/** All facts about one file, each computed on first use and kept with the file. */
export interface FileFacts {
  readonly file: SourceFile;
  /** Every I/O call of the file with what bounds it. */
  timeBounds(): readonly TimeBound[];
  /** Clients made here that can only be bounded as a whole. */
  wholeClients(): readonly TimeBound[];
  /** The causes of unbounded waiting, one each; of other kinds than the ones asked for, some may be missing. */
  unboundedSites(kinds?: ReadonlySet<ClientKind>): readonly UnboundedSite[];
  /** Can the file hold an error handler that somebody wrote? By its text alone. */
  mayHandleErrors(): boolean;
  /** Every place where the file receives an error. */
  errorHandlers(): readonly ErrorHandler[];
  /** Async functions that are handed to callers which ignore promises. */
  unawaitedFunctions(): readonly UnawaitedFunction[];
  /** The handlers that let a failure end, each a fault or excused. */
  silentFailures(): readonly Judged[];
  /** New errors that lose the one they were made for. */
  droppedCauses(): readonly DroppedCause[];
  /** Tests of a cached value that cannot tell a hit from a miss. */
  ambiguousHits(): readonly AmbiguousHit[];
  /** Writes that fill a cache because something failed. */
  errorFills(): readonly ErrorFill[];
  /** Writes of entries that nothing ends. */
  lastingEntries(): readonly LastingEntry[];
  /** Commands that touch every entry of a store. */
  keyspaceScans(): readonly KeyspaceScan[];
  /** Calls that a policy can be put around where they stand, each with what speaks for or against it. */
  policySites(): readonly PolicySite[];
  /** Clients that take a policy where they are made. */
  policySeams(): readonly PolicySeam[];
  /** The pools that the file makes, with what is wrong with them. */
  pools(): readonly Pool[];
  /** What the functions of the file take and have to give back, with how it gets lost. */
  releases(): readonly Release[];
  /** Loops and functions of the file that try something again. */
  retryRegions(): readonly RetryRegion[];
  /** Calls by which a library tries again. */
  libraryRetries(): readonly LibraryRetry[];
  /** Writes that are tried again, those that may happen twice and those that are excused. */
  retriedWrites(): readonly RetriedWrite[];
  /** Those that may happen twice, one for each cause. */
  unsafeRetries(): readonly UnsafeRetry[];
  /** Remote calls that are tried again, with what breaks the circuit. */
  retriedRemotes(): readonly RetriedRemote[];
  /** Retries of the file around something that tries again by itself. */
  nestedRetries(): readonly NestedRetry[];
  /** Time limits of the file that cannot hold within each other. */
  overruns(): readonly Overrun[];
  /** Conditions that let through what they were to keep out. */
  invertedGuards(): readonly InvertedGuard[];
  /** Can the file hold something of these kinds that may be missing, besides results of modelled clients? By its text. */
  mayBeNull(kinds: ReadonlySet<NullableKind>): boolean;
  /**
   * What may be missing, and where it is used first.
   * @param kinds what to look for
   * @param callsOut `false`: nothing of modelled clients is looked for
   */
  nullableUses(kinds: ReadonlySet<NullableKind>, callsOut: boolean): readonly NullableUse[];
}

/** The facts of a file. Cheap to call: nothing is computed before it is asked for. */
export function factsOfFile(file: SourceFile): FileFacts {
  return {
    file,
    timeBounds: () => timeBounds(file),
    wholeClients: () => wholeClients(file),
    unboundedSites: (kinds) => unboundedSites(file, kinds),
    mayHandleErrors: () => mayHandleErrors(file.text) && !isBuiltCode(file.text) && !isVendoredCode(file.path, file.text),
    errorHandlers: () => errorHandlers(file),
    unawaitedFunctions: () => unawaitedFunctions(file),
    silentFailures: () => silentFailures(file),
    droppedCauses: () => droppedCauses(file),
    ambiguousHits: () => ambiguousHits(file),
    errorFills: () => errorFills(file),
    lastingEntries: () => lastingEntries(file),
    keyspaceScans: () => keyspaceScans(file),
    policySites: () => policySites(file),
    policySeams: () => policySeams(file),
    pools: () => pools(file),
    releases: () => releases(file),
    retryRegions: () => retryRegions(file),
    libraryRetries: () => libraryRetries(file),
    retriedWrites: () => retriedWrites(file),
    unsafeRetries: () => unsafeRetries(file),
    retriedRemotes: () => retriedRemotes(file),
    nestedRetries: () => nestedRetries(file),
    overruns: () => overruns(file),
    invertedGuards: () => invertedGuards(file),
    mayBeNull: (kinds) => mayBeNull(file.text, kinds),
    nullableUses: (kinds, callsOut) => nullableUses(file, kinds, callsOut),
  };
}
