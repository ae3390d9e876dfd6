export async function publish(url: string): Promise<Response> {
  while (true) { try { return await fetch(url); } catch {} }
}
