export async function publish(url: string, body: string): Promise<void> {
  for (;;) {
    try {
      await fetch(url, { method: 'POST', body });
      return;
    } catch {
      // again
    }
  }
}
