const BACKOFF = [0, 1000, 5000, 15_000];

export async function dispatch(url: string, body: string): Promise<void> {
  for (let attempt = 0; attempt < BACKOFF.length; attempt++) {
    if (BACKOFF[attempt] > 0) {
      await new Promise((resolve) => setTimeout(resolve, BACKOFF[attempt]));
    }
    try {
      await fetch(url, { method: 'POST', body });
      return;
    } catch (error) {
      console.error(error);
    }
  }
}
