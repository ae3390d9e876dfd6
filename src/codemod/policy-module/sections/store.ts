import type { Section } from '../sections.js';

/** Databases and stores at the call: whether it only reads is not known, so there is no retry of what was sent, and no circuit. */
export const STORE: Section = {
  imports: '',
  makes: 'Store',
  text: `
«/** What stands between this package and one store. Its client takes no signal: a call that is over may still be carried out. */
export interface Store {
  /** Tries again only where nothing was sent. */
  readonly retryUnsent: <T>(run: () => PromiseLike<T>, options?: CallOptions<T>) => Promise<T>;
  /** For calls that something else tries again. */
  readonly once: <T>(run: () => PromiseLike<T>, options?: CallOptions<T>) => Promise<T>;
}

»/** Makes the policy of one store: a deadline, and retries of what was never sent. It has no circuit. */
export function store(name«: string», outcomes«: Outcomes», own«: Partial<Limits>» = {})«: Store» {
  const limits«: Limits» = { ...LIMITS, ...own };
  const call = async «<T>»(retries«: number», run«: () => PromiseLike<T>», options«: CallOptions<T>»)«: Promise<T>» => {
    const { signal, deadline = limits.deadline, fallback } = options;
    const whole = bounded(deadline, signal, (ms) => new DeadlineExceededError(\`\${name} did not answer within \${String(ms)} ms\`));
    const over = aborted(whole.signal);
    // It may come before anyone waits for it.
    over.catch(() => undefined);
    try {
      for (let tried = 0; ; tried++) {
        whole.signal.throwIfAborted();
        try {
          return await Promise.race([run(), over]);
        } catch (error) {
          if (whole.signal.aborted || tried >= retries || !isOneOf(error, outcomes.unsent)) throw error;
          listener({ policy: name, event: 'retry' });
          const ms = waitBefore(tried + 1, { error«: error as Error» }, limits);
          await Promise.race([new Promise((resolve) => setTimeout(resolve, ms)), over]);
        }
      }
    } catch (error) {
      if (fallback === undefined) throw error;
      return await fallback(error);
    } finally {
      whole.end();
    }
  };
  return {
    retryUnsent: (run, options = {}) => call(limits.retries, run, options),
    once: (run, options = {}) => call(0, run, options),
  };
}
`,
};
