import ky from 'ky';
import { exampleShop, kyFetch, search as searchPolicy } from './resilience';

export const shop = ky.create({ prefixUrl: 'https://shop.example.com/api', fetch: kyFetch(exampleShop), retry: 0, timeout: false });

export const search = ky.create({
  prefixUrl: process.env['SEARCH_URL']!,
  timeout: false,
  headers: { accept: 'application/json' },
  fetch: kyFetch(searchPolicy, { attempt: 4_000 }),
  retry: 0,
});

export const products = (): Promise<unknown> => shop.get('products').json();
