import { github } from './resilience';
export const user = (name: string): Promise<Response> => github.retry((signal) => fetch('https://api.github.com/users/' + name, { signal }));
