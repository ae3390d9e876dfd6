export async function notify(url: string): Promise<void> {
  let attempts = 0;
  let failure: unknown;
  do {
    try {
      await fetch(url, { method: 'POST' });
      return;
    } catch (error) {
      failure = error;
    }
    attempts += 1;
  } while (attempts < 5);
  throw failure;
}
