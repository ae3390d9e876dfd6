import { createHash } from 'node:crypto';
import { github, githubusercontentRaw } from './resilience';

export const user = (name: string): Promise<Response> => github.retry((signal) => fetch('https://api.github.com/users/' + name, { signal }));
export const raw = (path: string): Promise<Response> => githubusercontentRaw.retry((signal) => fetch(new URL(`/acme/${path}`, 'https://raw.githubusercontent.com'), { signal }));
export const etag = (text: string): string => createHash('sha256').update(text).digest('hex');
