import got from 'got';

export const github = got.extend({ prefixUrl: 'https://api.github.com' });
