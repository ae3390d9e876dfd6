import { createHash } from 'node:crypto';
import { github } from './resilience';

export const user = (name: string): Promise<Response> => github.retry((signal) => fetch('https://api.github.com/users/' + createHash('md5').update(name).digest('hex'), { signal }));
