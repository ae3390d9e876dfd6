import { Readable } from 'node:stream';
import type { ServerResponse } from 'node:http';

export async function proxy(response: ServerResponse): Promise<void> {
  const upstream = await fetch('https://media.example.com/film');
  if (upstream.body !== null) Readable.fromWeb(upstream.body as never).pipe(response);
}

export const events = (): Promise<Response> => fetch('https://media.example.com/events', { headers: { accept: 'text/event-stream' } });
