/**
 * Text of the modules of policies, whichever library they are made on. What stands between « and » is for TypeScript
 * alone; names in double braces are filled in.
 */

export const HEAD = `/**
 * Policies around the services that this package calls: one for each service, shared by every call to it.
 *
 * From the outside in: fallback > deadline > retry > bulkhead > circuit breaker > bound of one attempt.
 * The numbers are a start. Choose your own: \`deadline\` and \`attempt\` from what the service takes at its slowest,
 * \`concurrency\` from its rate of calls times its latency. Times are in milliseconds.
 */
`;

/** Limits, the form of a policy, its errors and its events. */
export const FORMS = `
«/** Limits of one service. */
export interface Limits {
  /** The whole call: all attempts, and the waiting between them. */
  readonly deadline: number;
  /** One attempt, until its body is read. */
  readonly attempt: number;
  /** Attempts after the first, of calls that may be sent again. */
  readonly retries: number;
  /** Longest wait before the first retry; it doubles with each one, and a random part of it is waited. */
  readonly backoff: number;
  /** Longest wait between two attempts, also where the service asks for more with \`Retry-After\`. */
  readonly maxBackoff: number;
  /** Calls under way at once; what goes beyond is rejected. */
  readonly concurrency: number;
  /** The circuit opens when more than this share of the last \`window\` attempts failed. */
  readonly failureRate: number;
  readonly window: number;
  /** How long an open circuit rejects calls, before it lets one through to try. */
  readonly halfOpenAfter: number;
}

»const LIMITS«: Limits» = {
  deadline: {{deadline}},
  attempt: {{attempt}},
  retries: {{retries}},
  backoff: {{backoff}},
  maxBackoff: {{maxBackoff}},
  concurrency: {{concurrency}},
  failureRate: {{failureRate}},
  window: {{window}},
  halfOpenAfter: {{halfOpenAfter}},
};

«/** What a call may bring along. */
export interface CallOptions<T> {
  /** The caller's own signal. It ends the call, and says nothing about the service. */
  readonly signal?: AbortSignal | null | undefined;
  /** Holds for this call in place of the limits for a call and for an attempt. */
  readonly deadline?: number | undefined;
  /** Answers in place of the service when the call fails for good. */
  readonly fallback?: ((error: unknown) => T | PromiseLike<T>) | undefined;
}

»«/** One attempt. It has to hand the signal on, so that what it began is ended with it. */
export type Attempt<T> = (signal: AbortSignal) => PromiseLike<T>;

»«/** What stands between this package and one service. */
export interface Policy {
  /** For calls that may be sent again: reads, and writes with an idempotency key. */
  readonly retry: <T>(run: Attempt<T>, options?: CallOptions<T>) => Promise<T>;
  /** For writes: tries again only where nothing was sent. */
  readonly retryUnsent: <T>(run: Attempt<T>, options?: CallOptions<T>) => Promise<T>;
  /** For calls that must not be sent twice. */
  readonly once: <T>(run: Attempt<T>, options?: CallOptions<T>) => Promise<T>;
}

»«/** How outcomes of a client are read. */
interface Outcomes {
  /** Where the status of an answer stands, in what the client gives or throws. */
  readonly status: readonly string[];
  /** Codes and names of errors that pass by themselves. */
  readonly transient: readonly (string | number)[];
  /** Those among them that prove that nothing was sent. */
  readonly unsent: readonly (string | number)[];
}

»/** An attempt took longer than its bound. */
export class AttemptTimeoutError extends Error {
  «override readonly »name = 'TimeoutError';
}

/** A call took longer than its deadline. */
export class DeadlineExceededError extends Error {
  «override readonly »name = 'TimeoutError';
}

«/** A change of a circuit, or a retry, for logs and metrics. */
export interface PolicyEvent {
  readonly policy: string;
  readonly event: 'retry' | 'opened' | 'half-open' | 'closed';
}

»let listener«: (event: PolicyEvent) => void» = () => undefined;

/** Hands every event of every policy to a function. */
export function onPolicyEvent(listen«: (event: PolicyEvent) => void»)«: void» {
  listener = listen;
}

const resets«: (() => void)[]» = [];

/** Closes all circuits and forgets what they counted: for tests. */
export function resetPolicies()«: void» {
  for (const reset of resets) reset();
}

`;

/** One attempt with its bound, and how outcomes are read. */
export const ATTEMPTS = `/** Runs one attempt under its bound, and says by its error who ended it. */
async function attempt«<T>»(name«: string», run«: Attempt<T>», whole«: AbortSignal», longest«: number», usual«: number»)«: Promise<T>» {
  whole.throwIfAborted();
  const began = performance.now();
  const bound = bounded(longest, whole, (ms) => new AttemptTimeoutError(\`\${name} did not answer an attempt within \${String(ms)} ms\`));
  try {
    const result = await Promise.race([run(bound.signal), aborted(bound.signal)]);
    if (!hasBody(result)) bound.end();
    return result;
  } catch (error) {
    bound.end();
    // A caller who gives up early says nothing of the service; one who waited for long does.
    if (whole.aborted && performance.now() - began >= usual) throw new AttemptTimeoutError(\`\${name} did not answer an attempt within \${String(usual)} ms\`, { cause: error });
    bound.signal.throwIfAborted();
    throw error;
  }
}

«interface Bound {
  readonly signal: AbortSignal;
  readonly end: () => void;
}

»/** A signal that is aborted after some time, or with its parent. It goes on until its end, as a body may still be read. */
function bounded(ms«: number», parent«: AbortSignal | null | undefined», reason«: (ms: number) => Error»)«: Bound» {
  const controller = new AbortController();
  const end = ()«: void» => {
    clearTimeout(timer);
    parent?.removeEventListener('abort', follow);
  };
  const follow = ()«: void» => {
    end();
    controller.abort(parent?.reason);
  };
  const timer = setTimeout(() => {
    end();
    controller.abort(reason(ms));
  }, ms);
  timer.unref();
  if (parent?.aborted === true) follow();
  else parent?.addEventListener('abort', follow, { once: true });
  return { signal: controller.signal, end };
}

/** Rejects when a signal is aborted. */
function aborted(signal«: AbortSignal»)«: Promise<never>» {
  return new Promise((_resolve, reject) => {
    const fail = ()«: void» => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('The call was aborted.', { cause: signal.reason }));
    };
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

/** What an outcome says about the service: \`unknown\` where it is about this side only. */
function judge(reason«: FailureReason<unknown>», outcomes«: Outcomes»)«: 'answered' | 'failing' | 'unknown'» {
  const outcome«: unknown» = 'error' in reason ? reason.error : reason.value;
  // A service may say by a name alone, with a status of the caller's fault, that it has too much to do.
  if ('error' in reason && isOneOf(outcome, outcomes.transient)) return 'failing';
  for (const path of outcomes.status) {
    const status = at(outcome, path);
    if (typeof status === 'number') return status >= 500 || status === 429 ? 'failing' : 'answered';
  }
  if (!('error' in reason)) return 'answered';
  return outcome instanceof AttemptTimeoutError ? 'failing' : 'unknown';
}

/** Has an error, or one that caused it, one of these codes, names or messages? */
function isOneOf(error«: unknown», codes«: readonly (string | number)[]»)«: boolean» {
  let cause = error;
  for (let depth = 0; depth < 5 && cause != null; depth++) {
    // It was ended from this side, whatever the reason that comes with it.
    if (at(cause, 'name') === 'AbortError') return false;
    for (const key of ['code', 'name', 'message']) {
      const value = at(cause, key);
      if ((typeof value === 'string' || typeof value === 'number') && codes.includes(value)) return true;
    }
    cause = at(cause, 'cause');
  }
  return false;
}

/** The wait before an attempt: a random part of a bound that doubles, or what the service asks for. */
function waitBefore(attempt«: number», reason«: FailureReason<unknown>», limits«: Limits»)«: number» {
  const random = Math.random();
  const asked = retryAfter('error' in reason ? at(reason.error, 'response') : reason.value);
  if (asked !== null) return Math.min(asked + random * limits.backoff, limits.maxBackoff);
  return random * Math.min(limits.backoff * 2 ** (attempt - 1), limits.maxBackoff);
}

/** What an answer says in \`Retry-After\`: seconds, or a date. */
function retryAfter(answer«: unknown»)«: number | null» {
  const headers = at(answer, 'headers');
  const value = headers instanceof Headers ? headers.get('retry-after') : at(headers, 'retry-after');
  if (typeof value !== 'string') return null;
  const ms = /^\\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(ms, 0);
}

/** Lets go of an answer that nobody is going to read, and so of its socket. */
function discard(reason«: FailureReason<unknown>»)«: void» {
  const body = 'error' in reason ? at(reason.error, 'response.data') : at(reason.value, 'body');
  if (typeof body !== 'object' || body === null) return;
  const { cancel, dump, destroy } = body« as { cancel?: () => Promise<void>; dump?: () => Promise<void>; destroy?: () => void }»;
  const done = cancel?.call(body) ?? dump?.call(body) ?? destroy?.call(body);
  // It was only thrown away.
  done?.catch(() => undefined);
}

function hasBody(result«: unknown»)«: boolean» {
  const body = at(result, 'body');
  return typeof body === 'object' && body !== null;
}

/** What stands at a dotted path, if anything does. */
function at(value«: unknown», path«: string»)«: unknown» {
  let inner = value;
  for (const key of path.split('.')) {
    if (typeof inner !== 'object' || inner === null) return undefined;
    inner = «(»inner« as Readonly<Record<string, unknown>>)»[key];
  }
  return inner;
}
`;
