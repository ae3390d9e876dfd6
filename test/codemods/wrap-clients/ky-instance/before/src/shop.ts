import ky from 'ky';

export const shop = ky.create({ prefixUrl: 'https://shop.example.com/api' });

export const search = ky.create({
  prefixUrl: process.env['SEARCH_URL']!,
  timeout: 4_000,
  headers: { accept: 'application/json' },
});

export const products = (): Promise<unknown> => shop.get('products').json();
