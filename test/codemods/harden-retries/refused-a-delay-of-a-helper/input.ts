const pause = () => new Promise((resolve) => setTimeout(resolve, 1000));

export async function load(url: string): Promise<Response | null> {
  for (let i = 0; i < 5; i++) {
    try {
      return await fetch(url);
    } catch {
      await pause();
    }
  }
  return null;
}
