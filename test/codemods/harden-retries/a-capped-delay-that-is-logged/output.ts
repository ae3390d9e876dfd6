const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function loadOrder(url: string): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 6) throw error;
      const wait = Math.round(Math.random() * Math.min(250 * 2 ** attempt, 30_000));
      console.warn(`orders: again in ${wait} ms`, error);
      await sleep(wait);
    }
  }
}
