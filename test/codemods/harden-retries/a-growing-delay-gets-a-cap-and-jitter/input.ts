const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function loadOrder(url: string): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 6) throw error;
      await sleep(250 * 2 ** attempt);
    }
  }
}
