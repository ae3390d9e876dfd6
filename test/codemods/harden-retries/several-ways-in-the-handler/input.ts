export async function loadPrices(url: string): Promise<unknown> {
  for (let i = 0; i < 5; i++) {
    try {
      const reply = await fetch(url);
      return await reply.json();
    } catch (error) {
      if (error instanceof SyntaxError) {
        console.warn('not JSON', error);
        continue;
      }
      console.error(error);
    }
  }
  return null;
}
