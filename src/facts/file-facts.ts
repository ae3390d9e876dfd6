import type { SourceFile } from '../analysis/source-file.js';
import { ambiguousHits, type AmbiguousHit } from './ambiguous-hits.js';
import { errorFills, type ErrorFill } from './cache-fills.js';
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
  /** Tests of a cached value that cannot tell a hit from a miss. */
  ambiguousHits(): readonly AmbiguousHit[];
  /** Writes that fill a cache because something failed. */
  errorFills(): readonly ErrorFill[];
}

/** The facts of a file. Cheap to call: nothing is computed before it is asked for. */
export function factsOfFile(file: SourceFile): FileFacts {
  return {
    file,
    timeBounds: () => timeBounds(file),
    wholeClients: () => wholeClients(file),
    unboundedSites: () => unboundedSites(file),
    ambiguousHits: () => ambiguousHits(file),
    errorFills: () => errorFills(file),
  };
}
