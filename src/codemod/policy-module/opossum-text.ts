import type { LibraryText } from './libraries.js';

/**
 * The circuit and the bulkhead of a module of policies, on opossum 8 to 10.
 *
 * Three of its ways are worked around. An error that its `errorFilter` lets pass closes a half-open circuit; starts are
 * counted when they begin and failures when they end, so that in a hung service the one is forgotten before the other
 * comes; and its window is one of time. So it is told of each attempt when that has ended, if it says anything, and its
 * window moves on by attempts.
 */
export const OPOSSUM: LibraryText = {
  imports: `import CircuitBreaker from 'opossum';
`,
  events: ['EventEmitter'],
  errors: `/** The circuit of the service is open: nothing was sent. */
export class BrokenCircuitError extends Error {
  «override readonly »name = 'BrokenCircuitError';
}

/** As many calls as may be are under way: nothing was sent. */
export class BulkheadRejectedError extends Error {
  «override readonly »name = 'BulkheadRejectedError';
}

`,
  guard: `/** The bulkhead of a service, with its circuit in it. */
function guardOf(name«: string», outcomes«: Outcomes», limits«: Limits»)«: Guard» {
  const window = new EventEmitter();
  // It is told how an attempt ended, not run around it: what ends without an answer must count as neither.
  const circuit = new CircuitBreaker((answered«: boolean») => (answered ? Promise.resolve() : Promise.reject(new Error(\`\${name} is failing\`))), {
    name,
    timeout: false,
    resetTimeout: limits.halfOpenAfter,
    errorThresholdPercentage: limits.failureRate * 100,
    volumeThreshold: Math.ceil(limits.window / 2),
    // A window of the last attempts, not of time.
    rollingCountBuckets: limits.window,
    rotateBucketController: window,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
  });
  const tell = async (answered«: boolean»)«: Promise<void>» => {
    await circuit.fire(answered).catch(() => undefined);
    window.emit('rotate');
  };
  circuit.on('open', () => { listener({ policy: name, event: 'opened' }); });
  circuit.on('halfOpen', () => { listener({ policy: name, event: 'half-open' }); });
  circuit.on('close', () => {
    // What failed before it opened is over.
    for (let attempts = 0; attempts < limits.window; attempts++) window.emit('rotate');
    listener({ policy: name, event: 'closed' });
  });

  let running = 0;
  let isProbed = false;
  return async (run) => {
    if (running >= limits.concurrency) throw new BulkheadRejectedError(\`\${name}: \${String(running)} calls are under way\`);
    // One attempt at a time finds out whether the service is back; the others need not wait for it.
    const isProbe = circuit.halfOpen && !isProbed;
    if (!circuit.closed && !isProbe) throw new BrokenCircuitError(\`\${name}: the circuit is open\`);
    running++;
    if (isProbe) isProbed = true;
    const pending = run();
    const verdict = judge(await outcomeOf(pending), outcomes);
    running--;
    if (isProbe) {
      // An attempt that ends without an answer says nothing of the service, except when it was let through to find out.
      await tell(verdict === 'answered');
      isProbed = false;
    } else if (circuit.closed && verdict !== 'unknown') await tell(verdict === 'answered');
    return pending;
  };
}

`,
};
