export async function load(url: string): Promise<Response | null> {
  for (const round of [1, 2, 3]) {
    try {
      return await fetch(url);
    } catch (error) {
      console.error(round, error);
    }
  }
  return null;
}
