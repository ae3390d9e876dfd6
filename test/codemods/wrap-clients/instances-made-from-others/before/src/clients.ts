import got from 'got';
import ky from 'ky';

const github = got.extend({ prefixUrl: 'https://api.github.com' });
export const pages = github.extend({ prefixUrl: 'https://pages.example.com' });

const shop = ky.create({ prefixUrl: 'https://shop.example.com' });
export const tenant = (host: string) => shop.extend({ prefixUrl: `https://${host}` });
