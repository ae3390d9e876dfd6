import got from 'got';

export async function load(url: string): Promise<unknown> {
  for (let i = 0; i < 3; i++) {
    try {
      return await got(url).json();
    } catch (error) {
      console.error(error);
    }
  }
  return null;
}
