export const load = async (url: string, n = 1): Promise<Response> => {
  try {
    return await fetch(url);
  } catch (error) {
    if (n < 5)
      return load(url, n + 1)
    throw error
  }
}
