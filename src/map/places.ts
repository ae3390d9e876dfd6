import { relative, sep } from 'node:path';
import type { Place } from '../analysis/value.js';

/** How places are written: from the root, with forward slashes. */
export interface Places {
  readonly pathOf: (path: string) => string;
  /** `src/client.ts:12`; `null` where there is no place. */
  readonly at: (place: Place | null) => string | null;
}

export function placesFrom(root: string): Places {
  const pathOf = (path: string): string => relative(root, path).split(sep).join('/');
  return {
    pathOf,
    at: (place) => (place === null ? null : `${pathOf(place.file.path)}:${place.file.lines.locate(place.node.range[0]).line}`),
  };
}
