import type { Section } from '../sections.js';

/** ky: the fetch of an instance, which is handed a `Request`. */
export const KY_FETCH: Section = {
  imports: '',
  text: `
/**
 * A fetch for ky that sends the requests of an instance through a policy.
 * @param own \`once\`: ky tries again by itself; \`attempt\`: the client's own bound of one attempt, in ms
 */
export function kyFetch(policy«: Policy», own«: { readonly once?: boolean; readonly attempt?: number }» = {})«: (input: string | URL | Request, init?: RequestInit) => Promise<Response>» {
  return (input, init) => {
    const request = input instanceof Request ? input : new Request(input, init);
    const reads = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    const repeats = own.once !== true && (reads || request.headers.has('Idempotency-Key'));
    const call = repeats ? policy.retry : policy.once;
    // A request can be sent once, so each attempt that may not be the last sends a copy.
    return call((signal) => fetch(repeats ? request.clone() : request, { ...init, signal }), { signal: request.signal, attempt: own.attempt });
  };
}
`,
};
