import type { SourceFile } from '../analysis/source-file.js';
import type { ClientKind } from '../models/types.js';
import { timeBounds, type TimeBound } from './time-bounds.js';
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
}

/** The facts of a file. Cheap to call: nothing is computed before it is asked for. */
export function factsOfFile(file: SourceFile): FileFacts {
  return {
    file,
    timeBounds: () => timeBounds(file),
    wholeClients: () => wholeClients(file),
    unboundedSites: (kinds) => unboundedSites(file, kinds),
  };
}
