export async function ping(url: string): Promise<boolean> {
  let retries = 4;
  while (retries--) {
    try {
      await fetch(url);
      return true;
    } catch {
      continue;
    }
  }
  return false;
}
