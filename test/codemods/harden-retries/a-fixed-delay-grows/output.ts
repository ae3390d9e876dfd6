const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function loadOrder(url: string): Promise<Response> {
  let last: unknown;
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      last = error;
      await sleep(Math.random() * Math.min(10_000, 1000 * 2 ** (attempt - 1))); // the usual
    }
  }
  throw last;
}
