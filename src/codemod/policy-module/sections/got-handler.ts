import type { Section } from '../sections.js';

/** got 12 and later: a handler, around all attempts of a call, which got makes itself. */
export const GOT_HANDLER: Section = {
  imports: `«import type { CancelableRequest, HandlerFunction } from 'got';
»`,
  text: `
/** A handler for got that sends the calls of an instance through a policy. got tries again by itself: to the policy that is one attempt. */
export function gotHandler(policy«: Policy»)«: HandlerFunction» {
  return (options, next) => {
    const { url, prefixUrl, isStream, signal: parent } = options;
    // Another address is another service; a stream is read for as long as it lasts.
    const isElsewhere = url === undefined || String(prefixUrl) === '' || new URL(url).origin !== new URL(prefixUrl).origin;
    if (isElsewhere || isStream) return next(options);
    let sent«: CancelableRequest | undefined»;
    const run = (signal«: AbortSignal») => {
      const request = next(options)« as CancelableRequest»;
      sent = request;
      // Whoever ended the attempt speaks first, not the request that is ended with it.
      signal.addEventListener('abort', () => { queueMicrotask(() => { request.cancel(); }); }, { once: true });
      return request;
    };
    const whole = policy.once(run, { signal: parent, deadline: policy.limits.deadline });
    // Those of got wait for the request alone, which an open circuit never sends.
    const reader = (as«: 'json' | 'text' | 'buffer'») => () => {
      if (as === 'json' && !('accept' in options.headers)) Object.assign(options.headers, { accept: 'application/json' });
      const body = whole.then(() => sent?.[as]());
      return Object.defineProperties(body, { ...Object.getOwnPropertyDescriptors(whole), ...Object.getOwnPropertyDescriptors(body) });
    };
    // got would lay its own over this one, which knows no request that is behind a handler.
    void Object.defineProperty(whole, 'cancel', { get: () => () => { sent?.cancel(); }, set: () => undefined });
    return Object.assign(whole, { json: reader('json'), text: reader('text'), buffer: reader('buffer') })« as never»;
  };
}
`,
};
