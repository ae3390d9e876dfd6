import type { SectionName } from '../../models/seam-types.js';
import { AXIOS_ADAPTER } from './sections/axios-adapter.js';
import { GOT_HANDLER } from './sections/got-handler.js';
import { KY_FETCH } from './sections/ky-fetch.js';
import { GRPC_POLICY } from './sections/grpc-policy.js';
import { STORE } from './sections/store.js';
import { THROUGH_POLICY } from './sections/through-policy.js';

/** A part of a module that makes its policies fit one client. */
export interface Section {
  /** Import lines that it needs. */
  readonly imports: string;
  /** Its function makes policies of a form of their own, of this type, in place of `policy`. */
  readonly makes?: string;
  /** Limits that its policies have instead of those of the module. */
  readonly limits?: string;
  /** What stands between « and » is for TypeScript alone. */
  readonly text: string;
}

export const SECTIONS: Readonly<Record<SectionName, Section>> = {
  axiosAdapter: AXIOS_ADAPTER,
  gotHandler: GOT_HANDLER,
  kyFetch: KY_FETCH,
  grpcPolicy: GRPC_POLICY,
  store: STORE,
  throughPolicy: THROUGH_POLICY,
};
