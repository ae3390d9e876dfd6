import type { SourceFile } from '../analysis/source-file.js';
import { libraryRetries, type LibraryRetry } from './library-retries.js';
import { retryRegions, type RetryRegion } from './retries.js';
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
  /** Loops and functions of the file that try something again. */
  retryRegions(): readonly RetryRegion[];
  /** Calls by which a library tries again. */
  libraryRetries(): readonly LibraryRetry[];
}

/** The facts of a file. Cheap to call: nothing is computed before it is asked for. */
export function factsOfFile(file: SourceFile): FileFacts {
  return {
    file,
    timeBounds: () => timeBounds(file),
    wholeClients: () => wholeClients(file),
    unboundedSites: () => unboundedSites(file),
    retryRegions: () => retryRegions(file),
    libraryRetries: () => libraryRetries(file),
  };
}
