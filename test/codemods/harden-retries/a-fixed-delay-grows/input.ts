const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function loadOrder(url: string): Promise<Response> {
  let last: unknown;
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      last = error;
      await sleep(1000); // the usual
    }
  }
  throw last;
}
