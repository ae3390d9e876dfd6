import ky from 'ky';

const shop = ky.create({ prefixUrl: 'https://shop.example.com' });

export const admin = shop.extend({ headers: { 'x-admin': '1' } });
export const stock = shop.extend({ prefixUrl: 'https://stock.example.com' });
export const anywhere = ky.extend({ headers: { accept: 'application/json' } });
