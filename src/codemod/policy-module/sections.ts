import type { SectionName } from '../../models/seam-types.js';
import { AXIOS_ADAPTER } from './sections/axios-adapter.js';
import { GOT_HANDLER } from './sections/got-handler.js';
import { KY_FETCH } from './sections/ky-fetch.js';

/** A part of a module that makes its policies fit one client. */
export interface Section {
  /** Import lines that it needs. */
  readonly imports: string;
  /** What stands between « and » is for TypeScript alone. */
  readonly text: string;
}

export const SECTIONS: Readonly<Record<SectionName, Section>> = {
  axiosAdapter: AXIOS_ADAPTER,
  gotHandler: GOT_HANDLER,
  kyFetch: KY_FETCH,
};
