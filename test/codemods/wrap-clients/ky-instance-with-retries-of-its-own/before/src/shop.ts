import ky from 'ky';

export const shop = ky.create({
  prefixUrl: 'https://shop.example.com/api',
  retry: { limit: 5, methods: ['get'], statusCodes: [503] },
});

export const stock = ky.create({ prefixUrl: 'https://stock.example.com', timeout: false, hooks: { beforeRetry: [({ retryCount }) => console.warn(retryCount)] } });
