import pRetry from 'p-retry';

export async function publish(url: string): Promise<Response> {
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      console.error(error);
    }
  }
}

export const load = (url: string) => pRetry(() => fetch(url), { retries: 4 });
