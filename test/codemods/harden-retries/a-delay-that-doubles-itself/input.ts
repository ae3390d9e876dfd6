const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function loadOrder(url: string): Promise<Response> {
  let wait = 100;
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 6) throw error;
      await sleep(wait);
      wait *= 2;
    }
  }
}
