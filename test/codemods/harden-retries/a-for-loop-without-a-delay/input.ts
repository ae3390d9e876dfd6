export async function loadOrder(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await fetch(url, { signal: AbortSignal.timeout(2000) });
    } catch (error) {
      // The other side may be busy.
      console.error(error);
    }
  }
  throw new Error('orders cannot be reached');
}
