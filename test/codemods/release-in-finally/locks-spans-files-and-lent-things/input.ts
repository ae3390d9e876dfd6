import { open } from 'node:fs/promises';
import { trace } from '@opentelemetry/api';
import { Mutex, Semaphore } from 'async-mutex';
import { Sema } from 'async-sema';
import { createPool } from 'generic-pool';

const mutex = new Mutex();
const few = new Semaphore(3);
const slots = new Sema(5);
const tracer = trace.getTracer('orders');
const channels = createPool({ create: async () => ({ send: async () => 1 }), destroy: async () => undefined }, { max: 5 });

export async function guarded(work: () => Promise<void>): Promise<void> {
  const release = await mutex.acquire();
  await work();
  release();
}

export async function limited(work: () => Promise<void>): Promise<void> {
  const [, release] = await few.acquire();
  await work();
  release();
}

export async function counted(work: () => Promise<void>): Promise<void> {
  await slots.acquire();
  await work();
  slots.release();
}

export async function traced(work: () => Promise<void>): Promise<void> {
  const span = tracer.startSpan('work');
  await work();
  span.end();
}

export async function head(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  const { buffer } = await file.read(Buffer.alloc(64));
  await file.close();
  return buffer;
}

export async function send(): Promise<void> {
  const channel = await channels.acquire();
  await channel.send();
  await channels.release(channel);
}
