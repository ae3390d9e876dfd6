export async function load(url: string, retries: number): Promise<Response> {
  for (let i = 0; i <= retries; i++) {
    try {
      const reply = await fetch(url);
      if (reply.ok || i === retries) return reply;
    } catch (error) {
      console.warn(error);
    }
  }
  throw new Error('orders cannot be reached');
}

export async function send(url: string, retries: number): Promise<Response | null> {
  for (let i = 0; i <= retries; i++) {
    try {
      return await fetch(url, { method: 'POST' });
    } catch (error) {
      const isLast = i === retries;
      if (!isLast && error instanceof TypeError) {
        console.warn(error);
        continue;
      }
      return null;
    }
  }
  return null;
}
