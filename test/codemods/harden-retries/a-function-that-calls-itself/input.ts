export async function loadOrder(url: string, left = 5): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (left === 0) throw error;
    return loadOrder(url, left - 1);
  }
}
