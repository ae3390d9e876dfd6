/** Text of a module of policies on cockatiel 3.2 and 4: imports, and what puts the policies around each other. */

export const IMPORTS = `import {
  BrokenCircuitError,
  bulkhead,
  circuitBreaker,
  CircuitState,
  CountBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
«  type CircuitBreakerPolicy,
  type FailureReason,
  type RetryPolicy,
»} from 'cockatiel';
`;

export const POLICY = `/** Makes the policy of one service. */
export function policy(name«: string», outcomes«: Outcomes», own«: Partial<Limits>» = {})«: Policy» {
  const limits«: Limits» = { ...LIMITS, ...own };
  let guard = guardOf(name, outcomes, limits);
  resets.push(() => {
    guard = guardOf(name, outcomes, limits);
  });
  const again = (passes«: (reason: FailureReason<unknown>) => boolean») => {
    const attempts = retry(
      handleWhen((error) => passes({ error })).orWhenResult((value) => passes({ value })),
      { maxAttempts: limits.retries, backoff: new DelegateBackoff«<{ attempt: number; result: FailureReason<unknown> }>»(({ attempt, result }) => waitBefore(attempt, result, limits)) },
    );
    attempts.onRetry((reason) => {
      listener({ policy: name, event: 'retry' });
      discard(reason);
    });
    return attempts;
  };
  const failing = again((reason) => judge(reason, outcomes) === 'failing');
  const unsent = again((reason) => 'error' in reason && isOneOf(reason.error, outcomes.unsent));

  const call = async «<T>»(attempts«: RetryPolicy | null», run«: Attempt<T>», options«: CallOptions<T>»)«: Promise<T>» => {
    const { signal, deadline, attempt: own, fallback } = options;
    const whole = bounded(deadline ?? Math.max(limits.deadline, own ?? 0), signal, (ms) => new DeadlineExceededError(\`\${name} did not answer within \${String(ms)} ms\`));
    const longest = own ?? Math.max(limits.attempt, deadline ?? 0);
    const once = ()«: Promise<T>» => guard(() => attempt(name, run, whole.signal, longest, own ?? limits.attempt));
    try {
      const result = await Promise.race([attempts === null ? once() : attempts.execute(once), aborted(whole.signal)]);
      if (!hasBody(result)) whole.end();
      return result;
    } catch (error) {
      whole.end();
      if (fallback === undefined) throw error;
      return fallback(error);
    }
  };
  return {
    limits,
    retry: (run, options = {}) => call(failing, run, options),
    retryUnsent: (run, options = {}) => call(unsent, run, options),
    once: (run, options = {}) => call(null, run, options),
  };
}

«type Guard = <T>(run: () => Promise<T>) => Promise<T>;

»/** The bulkhead with the circuit breaker in it. */
function guardOf(name«: string», outcomes«: Outcomes», limits«: Limits»)«: Guard» {
  const room = bulkhead(limits.concurrency);
  // An attempt that ends without an answer says nothing of the service, except when it was let through to find out.
  const counts = (reason«: FailureReason<unknown>»)«: boolean» => {
    const verdict = judge(reason, outcomes);
    return verdict === 'failing' || (verdict === 'unknown' && breaker.state === CircuitState.HalfOpen);
  };
  const breaker«: CircuitBreakerPolicy» = circuitBreaker(
    handleWhen((error) => counts({ error })).orWhenResult((value) => counts({ value })),
    {
      halfOpenAfter: limits.halfOpenAfter,
      breaker: new CountBreaker({ threshold: limits.failureRate, size: limits.window, minimumNumberOfCalls: Math.ceil(limits.window / 2) }),
    },
  );
  breaker.onBreak(() => { listener({ policy: name, event: 'opened' }); });
  breaker.onHalfOpen(() => { listener({ policy: name, event: 'half-open' }); });
  breaker.onReset(() => { listener({ policy: name, event: 'closed' }); });
  return (run) =>
    room.execute(() => {
      // One attempt at a time finds out whether the service is back; the others need not wait for it.
      if (breaker.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
      return breaker.execute(run);
    });
}

`;
