export async function load(url: string): Promise<Response | null> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    try {
      return await fetch(url);
    } catch (error) {
      console.error(error);
    }
  }
  return null;
}
