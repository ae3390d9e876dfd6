import got from 'got';

export const github = got.extend({ prefixUrl: 'https://api.github.com', retry: { limit: 3 } });

export const registry = got.extend({
  prefixUrl: 'https://registry.example.com',
  handlers: [
    (options, next) => next(options),
  ],
});

export const admin = github.extend({ headers: { 'x-admin': '1' } });
export const anywhere = got.extend({ timeout: { request: 1_000 } });

export const user = (name: string): Promise<unknown> => github.get(`users/${name}`).json();
