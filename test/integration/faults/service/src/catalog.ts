const CATALOG_URL = process.env.CATALOG_URL ?? 'http://127.0.0.1:4002';

export interface Product {
  readonly id: string;
}

export async function getProduct(id: string, signal?: AbortSignal): Promise<Product> {
  const response = await fetch(`${CATALOG_URL}/products/${id}`, { signal });
  if (!response.ok) throw new Error(`catalog answered ${response.status}`);
  return (await response.json()) as Product;
}
