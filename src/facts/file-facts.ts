import type { SourceFile } from '../analysis/source-file.js';
import { invertedGuards, type InvertedGuard } from './inverted-guards.js';
import type { NullableKind } from './nullable-source.js';
import { mayBeNull, nullableUses, type NullableUse } from './nullable-values.js';
import { timeBounds, type TimeBound } from './time-bounds.js';
import { unboundedSites, wholeClients, type UnboundedSite } from './unbounded-sites.js';

/** All facts about one file, each computed on first use and kept with the file. */
export interface FileFacts {
  readonly file: SourceFile;
  /** Every I/O call of the file with what bounds it. */
  timeBounds(): readonly TimeBound[];
  /** Clients made here that can only be bounded as a whole. */
  wholeClients(): readonly TimeBound[];
  /** The causes of unbounded waiting, one each. */
  unboundedSites(): readonly UnboundedSite[];
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
    unboundedSites: () => unboundedSites(file),
    invertedGuards: () => invertedGuards(file),
    mayBeNull: (kinds) => mayBeNull(file.text, kinds),
    nullableUses: (kinds, callsOut) => nullableUses(file, kinds, callsOut),
  };
}
