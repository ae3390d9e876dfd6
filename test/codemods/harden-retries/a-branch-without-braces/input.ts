export class Orders {
  async load(url: string, attempt = 0): Promise<Response> {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt < 3) return this.load(url, attempt + 1);
      throw error;
    }
  }
}
