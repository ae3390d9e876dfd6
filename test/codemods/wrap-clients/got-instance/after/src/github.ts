import got from 'got';
import { exampleRegistry, github as githubPolicy, gotHandler } from './resilience';

export const github = got.extend({ prefixUrl: 'https://api.github.com', retry: { limit: 3 }, handlers: [gotHandler(githubPolicy)] });

export const registry = got.extend({
  prefixUrl: 'https://registry.example.com',
  handlers: [
    (options, next) => next(options),
    gotHandler(exampleRegistry),
  ],
});

export const admin = github.extend({ headers: { 'x-admin': '1' } });
export const anywhere = got.extend({ timeout: { request: 1_000 } });

export const user = (name: string): Promise<unknown> => github.get(`users/${name}`).json();
