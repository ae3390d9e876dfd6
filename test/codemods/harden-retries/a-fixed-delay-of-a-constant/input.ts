const RETRY_DELAY_MS = 500;

export async function loadOrder(url: string): Promise<Response> {
  let attempts = 0;
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      attempts += 1;
      if (attempts > 4) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS));
    }
  }
}
