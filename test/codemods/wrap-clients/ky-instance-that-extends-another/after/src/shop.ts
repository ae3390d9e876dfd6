import ky from 'ky';
import { exampleShop, exampleStock, kyFetch } from './resilience';

const shop = ky.create({ prefixUrl: 'https://shop.example.com', fetch: kyFetch(exampleShop), retry: 0, timeout: false });

export const admin = shop.extend({ headers: { 'x-admin': '1' } });
export const stock = shop.extend({ prefixUrl: 'https://stock.example.com', fetch: kyFetch(exampleStock), retry: 0, timeout: false });
export const anywhere = ky.extend({ headers: { accept: 'application/json' } });
