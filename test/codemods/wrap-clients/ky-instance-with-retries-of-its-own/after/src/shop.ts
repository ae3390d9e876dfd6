import ky from 'ky';
import { exampleShop, exampleStock, kyFetch } from './resilience';

export const shop = ky.create({
  prefixUrl: 'https://shop.example.com/api',
  retry: { limit: 5, methods: ['get'], statusCodes: [503] },
  fetch: kyFetch(exampleShop, { once: true }),
  timeout: false,
});

export const stock = ky.create({ prefixUrl: 'https://stock.example.com', timeout: false, hooks: { beforeRetry: [({ retryCount }) => console.warn(retryCount)] }, fetch: kyFetch(exampleStock, { once: true }) });
