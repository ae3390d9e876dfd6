import type { LibraryText } from './libraries.js';

/** The circuit and the bulkhead of a module of policies, on cockatiel 3.2 and 4. */
export const COCKATIEL: LibraryText = {
  imports: `import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  CountBreaker,
  handleWhen,
«  type CircuitBreakerPolicy,
»} from 'cockatiel';
`,
  events: [],
  errors: `export { BrokenCircuitError, BulkheadRejectedError };

`,
  guard: `/** The bulkhead of a service, with its circuit in it. */
function guardOf(name«: string», outcomes«: Outcomes», limits«: Limits»)«: Guard» {
  const room = bulkhead(limits.concurrency);
  // An attempt that ends without an answer says nothing of the service, except when it was let through to find out.
  const counts = (outcome«: Outcome»)«: boolean» => {
    const verdict = judge(outcome, outcomes);
    return verdict === 'failing' || (verdict === 'unknown' && circuit.state === CircuitState.HalfOpen);
  };
  const circuit«: CircuitBreakerPolicy» = circuitBreaker(
    handleWhen((error) => counts({ error })).orWhenResult((value) => counts({ value })),
    {
      halfOpenAfter: limits.halfOpenAfter,
      breaker: new CountBreaker({ threshold: limits.failureRate, size: limits.window, minimumNumberOfCalls: Math.ceil(limits.window / 2) }),
    },
  );
  circuit.onBreak(() => { listener({ policy: name, event: 'opened' }); });
  circuit.onHalfOpen(() => { listener({ policy: name, event: 'half-open' }); });
  circuit.onReset(() => { listener({ policy: name, event: 'closed' }); });
  return async (run) => {
    try {
      return await room.execute(() => {
        // One attempt at a time finds out whether the service is back; the others need not wait for it.
        if (circuit.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
        return circuit.execute(run);
      });
    } catch (error) {
      // Their own messages do not say which service.
      if (error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError) error.message = \`\${name}: \${error.message}\`;
      throw error;
    }
  };
}

`,
};
