import ky from 'ky';
import { exampleShop, kyFetch } from './resilience';

export const shop = ky.create({ prefix: 'https://shop.example.com/api', fetch: kyFetch(exampleShop), retry: 0, timeout: false });
