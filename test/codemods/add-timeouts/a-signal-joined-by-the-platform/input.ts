const shutdown = new AbortController();
process.on('SIGTERM', () => shutdown.abort());
declare const process: { on(event: string, listener: () => void): void };

export const order = (id: string) => fetch(`http://orders.internal/${id}`, { signal: shutdown.signal });

export async function pay(id: string, cents: number) {
  return fetch(`http://payments.internal/${id}`, {
    method: 'POST', // once
    body: JSON.stringify({ cents }),
    signal: shutdown.signal,
  });
}

export const caller = (id: string, signal: AbortSignal) => fetch(`http://orders.internal/${id}`, { signal });
