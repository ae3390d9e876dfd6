import type { Section } from '../sections.js';

/** gRPC: an interceptor of a client, for calls with one answer. */
export const GRPC_POLICY: Section = {
  imports: `import { InterceptingCall, Metadata, status as Status«, type Interceptor» } from '@grpc/grpc-js';
`,
  text: `
/** Statuses that are no answer of the service. */
const GRPC_FAILURES = [Status.CANCELLED, Status.DEADLINE_EXCEEDED, Status.RESOURCE_EXHAUSTED, Status.UNAVAILABLE];

/** An interceptor for gRPC that sends calls with one answer through a policy, once; streams pass by it. */
export function grpcPolicy(policy«: Policy»)«: Interceptor» {
  return (options, nextCall) => {
    const inner = nextCall(options);
    const { requestStream, responseStream } = options.method_definition;
    if (requestStream || responseStream) return new InterceptingCall(inner);
    const caller = new AbortController();
    return new InterceptingCall(inner, {
      start(metadata, listener, next) {
        let answer«: (() => void) | undefined»;
        const send = (signal«: AbortSignal») =>
          new Promise«<void>»((resolve, reject) => {
            const stop = ()«: void» => {
              // What the caller cancels ends by itself.
              if (!caller.signal.aborted) inner.cancelWithStatus(Status.DEADLINE_EXCEEDED, messageOf(signal.reason));
            };
            signal.addEventListener('abort', stop, { once: true });
            next(metadata, {
              onReceiveStatus(status, pass) {
                signal.removeEventListener('abort', stop);
                answer = () => { pass(status); };
                if (GRPC_FAILURES.includes(status.code)) reject(Object.assign(new Error(status.details), { code: status.code }));
                else resolve();
              },
            });
          });
        const end = (error«?: unknown»)«: void» => {
          if (answer !== undefined) {
            answer();
            return;
          }
          // It was not sent, or did not end in time.
          const timedOut = error instanceof Error && error.name === 'TimeoutError';
          const code = caller.signal.aborted ? Status.CANCELLED : timedOut ? Status.DEADLINE_EXCEEDED : Status.UNAVAILABLE;
          inner.cancelWithStatus(code, messageOf(error));
          listener.onReceiveStatus({ code, details: messageOf(error), metadata: new Metadata() });
        };
        policy.once(send, { signal: caller.signal, deadline: msUntil(options.deadline) }).then(() => { end(); }, end);
      },
      cancel(next) {
        caller.abort();
        next();
      },
    });
  };
}

/** What is left until the deadline that a caller chose, ms. */
function msUntil(deadline«: Date | number | undefined»)«: number | undefined» {
  return deadline === undefined ? undefined : Math.min(Math.max(Number(deadline) - Date.now(), 0), 2 ** 31 - 1);
}

const messageOf = (error«: unknown»)«: string» => (error instanceof Error ? error.message : String(error));
`,
};
