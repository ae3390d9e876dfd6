import type { Section } from '../sections.js';

/** axios 1.5 and later: the adapter of an instance, so that its type and its interceptors stay. */
export const AXIOS_ADAPTER: Section = {
  imports: `import { getAdapter«, type AxiosAdapter» } from 'axios';
`,
  text: `
/**
 * An adapter for axios that sends the requests of an instance through a policy.
 * @param own \`once\`: something else tries again
 */
export function axiosAdapter(policy«: Policy», own«: { readonly once?: boolean }» = {})«: AxiosAdapter» {
  const send = getAdapter(['xhr', 'http', 'fetch']);
  return (config) => {
    const { method = 'get', url = '', baseURL = '', responseType, timeout = 0 } = config;
    // Another address is another service; a stream is read for as long as it lasts.
    const isElsewhere = /^[a-z][a-z\\d+.-]*:|^\\/\\//i.test(url) && (baseURL === '' || !url.startsWith(baseURL));
    if (isElsewhere || responseType === 'stream') return send(config);
    const reads = ['get', 'head', 'options'].includes(method.toLowerCase());
    // A stream cannot be sent twice.
    const repeats = reads || (config.headers.has('Idempotency-Key') && (config.data == null || typeof config.data === 'string'));
    const call = repeats && own.once !== true ? policy.retry : policy.once;
    // Who waits for longer than the policy does has reasons; axios ends its own attempts, with the error that callers know.
    const deadline = timeout >= policy.limits.attempt ? Math.max(timeout + 1_000, policy.limits.deadline) : undefined;
    return call((signal) => send({ ...config, signal }), { signal: config.signal« as AbortSignal | undefined», deadline });
  };
}
`,
};
