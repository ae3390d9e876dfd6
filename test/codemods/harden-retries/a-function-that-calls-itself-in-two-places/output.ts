import https from 'node:https';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function load(url: string, attempt = 0): Promise<Response> {
  try {
    const reply = await fetch(url);
    if (reply.status >= 500 && attempt < 3) {
      await sleep(Math.random() * Math.min(10_000, 1000 * (attempt + 1)));
      return load(url, attempt + 1);
    }
    return reply;
  } catch (error) {
    if (attempt >= 3) throw error;
    await sleep(Math.random() * Math.min(10_000, 1000 * (attempt + 1)));
    return load(url, attempt + 1);
  }
}

export function lastChunk(url: string, attempt = 0): Promise<number> {
  return new Promise((resolve) => {
    const request = https.request(url, { method: 'HEAD', timeout: 1000 });
    request.on('error', async () => {
      if (attempt < 3) {
        await sleep(Math.random() * Math.min(10_000, 1000 * (attempt + 1)));
        return resolve(await lastChunk(url, attempt + 1));
      }
      resolve(-1);
    });
    request.on('response', async (reply) => {
      if ((reply.statusCode ?? 0) >= 500 && attempt < 3) {
        await sleep(Math.random() * Math.min(10_000, 1000 * (attempt + 1)));
        return resolve(await lastChunk(url, attempt + 1));
      }
      resolve(Number(reply.headers['x-last-chunk']));
    });
    request.end();
  });
}
