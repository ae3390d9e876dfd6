import ky from 'ky';

export const shop = ky.create({ prefix: 'https://shop.example.com/api' });
