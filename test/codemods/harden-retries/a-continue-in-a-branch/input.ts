export async function loadStock(url: string, tries: number): Promise<unknown> {
  let attempt = 0;
  while (true) {
    try {
      const reply = await fetch(url);
      return await reply.json();
    } catch (error) {
      attempt++;
      if (attempt < tries) continue;
      throw error;
    }
  }
}
