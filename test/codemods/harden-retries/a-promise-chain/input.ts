import { get } from 'axios';

export function load(url: string, retries = 3): Promise<unknown> {
  return get(url, { timeout: 1000 }).catch((error) => {
    if (retries === 0) throw error;
    return load(url, retries - 1);
  });
}

export const ping = (url: string, n = 0): Promise<Response> => fetch(url).catch((error) => (n < 3 ? ping(url, n + 1) : Promise.reject(error)));
