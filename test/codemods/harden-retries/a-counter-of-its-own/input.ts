export async function save(url: string, retries: number): Promise<void> {
  while (retries > 0) {
    try {
      await fetch(url, { method: 'PUT' });
      return;
    } catch (error) {
      retries -= 1;
      if (retries <= 0) throw error;
    }
  }
}

export async function read(url: string, retries: number): Promise<Response | null> {
  while (retries > 0) {
    try {
      return await fetch(url);
    } catch {
      retries -= 1;
    }
  }
  return null;
}
