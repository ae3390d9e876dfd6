export async function first(url: string): Promise<Response | null> {
  for (let i = 0; i < 3; i++) {
    try {
      return await fetch(url);
    } catch {}
  }
  return null;
}

export async function second(url: string): Promise<Response | null> {
  for (let i = 0; i < 4; i++) {
    try {
      return await fetch(url);
    } catch {}
  }
  return null;
}
