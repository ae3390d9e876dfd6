import { describe, expect, it } from 'vitest';
import { dependency, manifest, mapOf, reached } from './fixture.js';

const FETCH = "fetch('https://api.acme.com', { signal: AbortSignal.timeout(1000) })";

describe('who reaches a call', () => {
  it('goes through files that name no client, up to what nobody calls', async () => {
    const map = await mapOf({
      'src/client.ts': `export async function load() { return ${FETCH}; }`,
      'src/service.ts': "import { load } from './client.js';\nexport function price() { return load(); }",
      'src/index.ts': "import { price as cost } from './service.js';\nexport const quote = () => [1].map(() => cost());",
    });
    expect(reached(dependency(map, 'acme'))).toEqual(['load 0', 'price 1', 'quote 2!']);
  });

  it.each([
    ['exported where it is declared', 'export const load', ''],
    ['exported further down', 'const load', '\nexport { load };'],
    ['handed on by another file', 'export const load', ''],
  ])('goes into a function that another one wraps: %s', async (name, declared, after) => {
    const map = await mapOf({
      'src/load.ts': `import memoize from 'p-memoize';\n${declared} = memoize(async () => ${FETCH});${after}`,
      'src/all.ts': "export { load } from './load.js';",
      'src/index.ts': `import { load } from './${name.startsWith('handed') ? 'all' : 'load'}.js';\nexport const quote = () => load();`,
    });
    expect(reached(dependency(map, 'acme'))).toContain('quote 1!');
  });

  it('goes over methods of classes that a container hands in', async () => {
    const map = await mapOf({
      'package.json': manifest('orders', { '@nestjs/common': '^10.0.0' }),
      'src/service.ts': `import { Injectable } from '@nestjs/common';\n@Injectable()\nexport class Prices {\n  async load() { return ${FETCH}; }\n  async all() { return this.load(); }\n}`,
      'src/controller.ts': "import { Controller, Get } from '@nestjs/common';\nimport { Prices } from './service.js';\n@Controller()\nexport class Quotes {\n  constructor(private readonly prices: Prices) {}\n  @Get()\n  list() { return this.prices.all(); }\n}",
    });
    expect(reached(dependency(map, 'acme'))).toEqual(['Prices.load 0', 'Prices.all 1', 'Quotes.list 2!']);
  });

  it('ends at handlers and consumers, by their names or in place', async () => {
    const map = await mapOf({
      'package.json': manifest('orders', { express: '^5.0.0', bullmq: '^5.0.0' }),
      'src/a.ts': `import express from 'express';\nimport { Worker } from 'bullmq';\nconst load = () => ${FETCH};\nexport function routes(app: ReturnType<typeof express>) {\n  app.get('/a', async (req, res) => res.json(await load()));\n}\nasync function consume() { await load(); }\nexport const worker = new Worker('jobs', consume, { connection: { host: 'redis' } });`,
    });
    expect(reached(dependency(map, 'acme'))).toEqual(['load 0', 'app.get /a 1!', 'consume 1!']);
  });

  it('tells apart functions of one name, and goes round rings of packages once', async () => {
    const map = await mapOf({
      'package.json': manifest('root', {}, { workspaces: ['packages/*'] }),
      'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
      'packages/a/package.json': manifest('@x/a', { '@x/b': '*' }, { exports: './src/index.ts' }),
      'packages/a/src/index.ts': `import { ping } from '@x/b';\nexport const load = () => ${FETCH};\nexport function pong(n: number): unknown { return n > 0 ? ping(n - 1) : load(); }`,
      'packages/b/package.json': manifest('@x/b', { '@x/a': '*' }, { exports: './src/index.ts' }),
      'packages/b/src/index.ts': "import { pong } from '@x/a';\nexport const load = () => 1;\nexport function ping(n: number): unknown { return pong(n); }\nexport const other = () => load();",
    });
    const found = dependency(map, 'acme');
    expect(reached(found)).toEqual(['load 0', 'pong 1', 'ping 2']);
    expect(found.reachedFrom).toEqual(['@x/b']);
    expect(map.packages.find(({ name }) => name === '@x/b')!.reaches).toEqual([found.id]);
    expect(map.packages.map(({ name, dependsOn }) => `${name} ${dependsOn.join()}`)).toEqual(['@x/a @x/b', '@x/b @x/a']);
  });

  it('knows a breaker that every way goes through, and one on some', async () => {
    const files = (more: string): Record<string, string> => ({
      'package.json': manifest('orders', { opossum: '^8.0.0' }),
      'src/load.ts': `export const load = () => ${FETCH};`,
      'src/a.ts': `import CircuitBreaker from 'opossum';\nimport { load } from './load.js';\nconst breaker = new CircuitBreaker(load, { timeout: 3000 });\nexport const quote = () => breaker.fire();\n${more}`,
    });
    expect(dependency(await mapOf(files('')), 'acme').breaker.answer).toBe('yes');
    expect(dependency(await mapOf(files('export const past = () => load();')), 'acme').breaker.answer).toBe('unknown');
  });
});
