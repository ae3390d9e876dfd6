export async function loadPrices(url: string): Promise<unknown> {
  for (let i = 0; i < 5; i++) {
    const reply = await fetch(url);
    if (reply.ok) return reply.json();
  }
  return null;
}
