import ky from 'ky';

const limits = { timeout: 2_000 };

export const shop = ky.create({ prefixUrl: 'https://shop.example.com', ...limits });
