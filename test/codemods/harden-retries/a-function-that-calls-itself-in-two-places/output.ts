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
