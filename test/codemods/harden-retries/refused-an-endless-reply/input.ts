export async function load(url: string): Promise<Response> {
  while (true) {
    const reply = await fetch(url);
    if (reply.ok) return reply;
  }
}
