/**
 * Text of the modules of policies, whichever library they are made on. What stands between « and » is for TypeScript
 * alone; names in double braces are filled in.
 */

export const HEAD = `/**
 * Policies around the services that this package calls: one for each service, shared by every call to it.
 *
 *     payments.retry((signal) => fetch(url, { signal }))      for reads, and writes with an idempotency key: tried again
 *     payments.retryUnsent((signal) => …)                     for writes: tried again only where nothing was sent
 *     payments.once((signal) => …)                            for what must not be sent twice
 *
 * Each takes \`signal\` (the caller's own), \`deadline\` and \`fallback\` as a second argument.
 * From the outside in: fallback > deadline > retry > bulkhead > circuit breaker > bound of one attempt.
 */
`;

/** The names from `node:events` are those of the library's part with `setMaxListeners`. */
export const NODE_IMPORTS = `import { {{events}} } from 'node:events';
import { finished, Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
`;

/** Limits, the form of a policy, its errors and its events. */
export const FORMS = `
/**
 * Limits of a service that is given none of its own: \`policy('payments', HTTP, { deadline: 5_000, attempt: 2_000 })\`.
 * Times are in ms.
 * The numbers are a start. Choose yours: \`deadline\` and \`attempt\` from what the service takes at its slowest,
 * \`concurrency\` from its rate of calls times its latency.
 */
const LIMITS = {
  /** The whole call: all attempts, and the waiting between them. */
  deadline: {{deadline}},
  /** One attempt, until its body is read. Who gives up sooner than this does not count for the circuit. */
  attempt: {{attempt}},
  /** Attempts after the first, of calls that may be sent again. */
  retries: {{retries}},
  /** Longest wait before the first retry; it doubles with each one, and a random part of it is waited. */
  backoff: {{backoff}},
  /** Longest that this grows to, and longest that is waited where the service asks for it with \`Retry-After\`. */
  maxBackoff: {{maxBackoff}},
  /** Attempts under way at once; what goes beyond is rejected. */
  concurrency: {{concurrency}},
  /** The circuit opens when more than this share of the last \`window\` attempts failed. */
  failureRate: {{failureRate}},
  window: {{window}},
  /** How long an open circuit rejects calls, before it lets one through to try. */
  halfOpenAfter: {{halfOpenAfter}},
};

«export type Limits = Readonly<typeof LIMITS>;

»«/** What a call may bring along. */
export interface CallOptions<T> {
  /** The caller's own signal. It ends the call, and says nothing about the service. */
  readonly signal?: AbortSignal | null | undefined;
  /** Holds for this call in place of the limits for a call and for an attempt. */
  readonly deadline?: number | undefined;
  /** Holds for each attempt of this call in place of the limit for an attempt. */
  readonly attempt?: number | undefined;
  /** Answers in place of the service when that gives none: gets the error, or the answer that only says so (a 503). */
  readonly fallback?: ((reason: unknown) => T | PromiseLike<T>) | undefined;
}

»«/** One attempt. It has to hand the signal on, so that what it began is ended with it. */
export type Attempt<T> = (signal: AbortSignal) => PromiseLike<T>;

»«/** What stands between this package and one service. */
export interface Policy {
  readonly limits: Limits;
  /** For calls that may be sent again: reads, and writes with an idempotency key. */
  readonly retry: <T>(run: Attempt<T>, options?: CallOptions<T>) => Promise<T>;
  /** For writes: tries again only where nothing was sent. */
  readonly retryUnsent: <T>(run: Attempt<T>, options?: CallOptions<T>) => Promise<T>;
  /** For calls that must not be sent twice. */
  readonly once: <T>(run: Attempt<T>, options?: CallOptions<T>) => Promise<T>;
}

»«/** How outcomes of a client are read. */
export interface Outcomes {
  /** Where the status of an answer stands, in what the client gives or throws. */
  readonly status: readonly string[];
  /** Codes and names of errors that pass by themselves. */
  readonly transient: readonly (string | number)[];
  /** Those among them that prove that nothing was sent. */
  readonly unsent: readonly (string | number)[];
}

»«/** How an attempt, or a call, ended. */
type Outcome<T = unknown> = { readonly value: T } | { readonly error: unknown };

»/** An attempt took longer than its bound. */
export class AttemptTimeoutError extends Error {
  «override readonly »name = 'TimeoutError';
}

/** A call took longer than its deadline. */
export class DeadlineExceededError extends Error {
  «override readonly »name = 'TimeoutError';
}

`;

/** What puts the parts of a policy around each other; the library's own part comes behind it. */
export const POLICY = `«/** A change of a circuit, or a retry, for logs and metrics. */
export interface PolicyEvent {
  readonly policy: string;
  readonly event: 'retry' | 'opened' | 'half-open' | 'closed';
}

»let listener«: (event: PolicyEvent) => void» = () => undefined;

/** Hands every event of every policy (\`{ policy: 'payments', event: 'opened' }\`) to one function, which must not throw: the last that is given. */
export function onPolicyEvent(listen«: (event: PolicyEvent) => void»)«: void» {
  listener = listen;
}

const resets«: (() => void)[]» = [];

/** Closes all circuits and forgets what they counted: for tests. */
export function resetPolicies()«: void» {
  for (const reset of resets) reset();
}

/** Makes the policy of one service. */
export function policy(name«: string», outcomes«: Outcomes», own«: Partial<Limits>» = {})«: Policy» {
  const limits«: Limits» = { ...LIMITS, ...own };
  let guard = guardOf(name, outcomes, limits);
  resets.push(() => {
    guard = guardOf(name, outcomes, limits);
  });

  const attempts = async «<T>»(isRepeated«: (outcome: Outcome) => boolean», run«: Attempt<T>», whole«: AbortSignal», until«: number», longest«: number», usual«: number»)«: Promise<T>» => {
    for (let retry = 1; ; retry++) {
      whole.throwIfAborted();
      const pending = guard(() => attempt(name, run, whole, longest, usual));
      const outcome = await outcomeOf(pending);
      const wait = waitBefore(retry, outcome, limits);
      if (retry > limits.retries || whole.aborted || performance.now() + wait >= until || !isRepeated(outcome)) return pending;
      listener({ policy: name, event: 'retry' });
      discard(outcome);
      await sleep(wait, undefined, { signal: whole });
    }
  };

  const call = async «<T>»(isRepeated«: (outcome: Outcome) => boolean», run«: Attempt<T>», { signal, deadline, attempt: own, fallback }«: CallOptions<T>»)«: Promise<T>» => {
    const most = deadline ?? Math.max(limits.deadline, own ?? 0);
    const whole = bounded(most, signal, (ms) => new DeadlineExceededError(\`\${name} did not answer within \${String(ms)} ms\`));
    const pending = Promise.race([
      attempts(isRepeated, run, whole.signal, performance.now() + most, own ?? Math.max(limits.attempt, deadline ?? 0), own ?? limits.attempt),
      aborted(whole.signal),
    ]);
    const outcome = await outcomeOf(pending);
    endWithBody(whole, outcome);
    // Nobody waits for an answer any more where the caller has gone.
    if (fallback === undefined || signal?.aborted === true || judge(outcome, outcomes) === 'answered') return pending;
    discard(outcome);
    return fallback('error' in outcome ? outcome.error : outcome.value);
  };

  return {
    limits,
    retry: (run, options = {}) => call((outcome) => judge(outcome, outcomes) === 'failing', run, options),
    retryUnsent: (run, options = {}) => call((outcome) => 'error' in outcome && isOneOf(outcome.error, outcomes.unsent), run, options),
    once: (run, options = {}) => call(() => false, run, options),
  };
}

«type Guard = <T>(run: () => Promise<T>) => Promise<T>;

»`;

/** One attempt with its bound, and how outcomes are read. */
export const ATTEMPTS = `/** Runs one attempt under its bound, and says by its error who ended it. */
async function attempt«<T>»(name«: string», run«: Attempt<T>», whole«: AbortSignal», longest«: number», usual«: number»)«: Promise<T>» {
  const began = performance.now();
  const tooSlow = (ms«: number»)«: Error» => new AttemptTimeoutError(\`\${name} did not answer an attempt within \${String(ms)} ms\`);
  const bound = bounded(longest, whole, tooSlow);
  const pending = Promise.race([Promise.resolve(bound.signal).then(run), aborted(bound.signal)]);
  const outcome = await outcomeOf(pending);
  endWithBody(bound, outcome);
  if ('error' in outcome) {
    // A caller who gives up early says nothing of the service; one who waited for long does.
    if (whole.aborted && performance.now() - began >= usual) throw tooSlow(usual);
    bound.signal.throwIfAborted();
  }
  return pending;
}

/** Waits for the end, and throws nothing. */
function outcomeOf«<T>»(pending«: Promise<T>»)«: Promise<Outcome<T>>» {
  return pending.then(
    (value) => ({ value }),
    (error«: unknown») => ({ error }),
  );
}

«interface Bound {
  readonly signal: AbortSignal;
  readonly end: () => void;
}

»/**
 * A signal that is aborted after some time, or with its parent. Not \`AbortSignal.any\` with \`AbortSignal.timeout\`: on
 * Node 20 that can be collected, and then never fires.
 */
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
  if (parent == null) return { signal: controller.signal, end };
  // Hundreds of calls may have one caller: that is no leak to be warned of, as each leaves its signal in the end.
  setMaxListeners(0, parent);
  if (parent.aborted) follow();
  else parent.addEventListener('abort', follow, { once: true });
  return { signal: controller.signal, end };
}

/** Rejects when a signal is aborted. */
function aborted(signal«: AbortSignal»)«: Promise<never>» {
  return new Promise((_resolve, reject) => {
    const fail = ()«: void» => {
      reject(signal.reason« as Error»);
    };
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

/** Ends a bound as soon as nothing is left to be bounded: at once, or when the body of the answer has been read. */
function endWithBody(bound«: Bound», outcome«: Outcome»)«: void» {
  const body = bodyOf(outcome);
  if (body === undefined) bound.end();
  else finished(body« as Readable», bound.end);
}

/** Lets go of an answer that nobody is going to read, and so of its socket. */
function discard(outcome«: Outcome»)«: void» {
  const body = bodyOf(outcome);
  const ignore = ()«: void» => undefined;
  if (body instanceof Readable) body.on('error', ignore).destroy();
  else body?.cancel().catch(ignore);
}

/** The stream from which the body of an answer is read, if it is one. */
function bodyOf(outcome«: Outcome»)«: Readable | ReadableStream | undefined» {
  const answer = 'error' in outcome ? at(outcome.error, 'response') : outcome.value;
  for (const body of [answer, at(answer, 'body'), at(answer, 'data')]) {
    if (body instanceof Readable || body instanceof ReadableStream) return body;
  }
  return undefined;
}

/** What an outcome says about the service: \`unknown\` where it is about this side only. */
function judge(outcome«: Outcome», outcomes«: Outcomes»)«: 'answered' | 'failing' | 'unknown'» {
  const end«: unknown» = 'error' in outcome ? outcome.error : outcome.value;
  // A service may say by a name alone, with a status of the caller's fault, that it has too much to do.
  if ('error' in outcome && isOneOf(end, outcomes.transient)) return 'failing';
  for (const path of outcomes.status) {
    const status = at(end, path);
    if (typeof status === 'number') return (status >= 500 && status < 600) || status === 429 ? 'failing' : 'answered';
  }
  if (!('error' in outcome)) return 'answered';
  return end instanceof AttemptTimeoutError ? 'failing' : 'unknown';
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

/** The wait before a retry: a random part of a bound that doubles, or what the service asks for and a little more. */
function waitBefore(retry«: number», outcome«: Outcome», limits«: Limits»)«: number» {
  const random = Math.random();
  const asked = retryAfter('error' in outcome ? at(outcome.error, 'response') : outcome.value);
  if (asked !== null) return Math.min(asked, limits.maxBackoff) + random * limits.backoff;
  return random * Math.min(limits.backoff * 2 ** (retry - 1), limits.maxBackoff);
}

/** What an answer says in \`Retry-After\`, in ms: it has seconds there, or a date. */
function retryAfter(answer«: unknown»)«: number | null» {
  const headers = at(answer, 'headers');
  const get = at(headers, 'get');
  const value«: unknown» = typeof get === 'function' ? get.call(headers, 'retry-after') : at(headers, 'retry-after');
  if (typeof value !== 'string') return null;
  const ms = /^\\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(ms, 0);
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
