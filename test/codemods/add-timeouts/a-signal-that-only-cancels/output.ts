const shutdown = new AbortController();
process.on('SIGTERM', () => shutdown.abort());
declare const process: { on(event: string, listener: () => void): void };

export const order = (id: string) => fetch(`http://orders.internal/${id}`, { signal: bounded(10_000, shutdown.signal) });

export async function pay(id: string, cents: number) {
  return fetch(`http://payments.internal/${id}`, {
    method: 'POST', // once
    body: JSON.stringify({ cents }),
    signal: bounded(10_000, shutdown.signal),
  });
}

export const caller = (id: string, signal: AbortSignal) => fetch(`http://orders.internal/${id}`, { signal });

/** A signal that fires after some milliseconds, or with its parent. `AbortSignal.any` loses such a pair to the garbage collector before Node 22.16. */
function bounded(ms: number, parent: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const timeout = AbortSignal.timeout(ms);
  const stop = () => {
    parent.removeEventListener('abort', stop);
    controller.abort(parent.aborted ? parent.reason : timeout.reason);
  };
  timeout.addEventListener('abort', stop, { once: true });
  if (parent.aborted) stop();
  else parent.addEventListener('abort', stop, { once: true });
  return controller.signal;
}
