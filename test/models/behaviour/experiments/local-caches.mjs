import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const NEW = { 'node-cache': '5.1.2', 'lru-cache': '11.5.3', keyv: '6.1.0', cacheable: '2.5.0' };
const MIDDLE = { 'lru-cache': '7.18.3', keyv: '5.6.0' };
const OLD = { 'lru-cache': '6.0.0', keyv: '4.5.4' };

async function keyvOf(lab, options) {
  const loaded = await lab.load('keyv');
  const Keyv = loaded.Keyv ?? loaded.default;
  const keyv = new Keyv(options);
  keyv.on('error', () => undefined);
  return keyv;
}

async function lruOf(lab, options) {
  const loaded = await lab.load('lru-cache');
  return new (loaded.LRUCache ?? loaded.default)(options);
}

/** A store of Keyv whose calls do as `behave` says, and how often it was asked. */
function storeOf(behave) {
  const asked = { get: 0, set: 0 };
  const call = (name) => () => ((asked[name] += 1), behave());
  return { asked, store: { get: call('get'), set: call('set'), delete: async () => true, clear: async () => undefined, opts: {} } };
}

export default experiments({
  record: 'local-caches',
  runs: [NEW, MIDDLE, OLD],
  experiments: [
    {
      name: 'one-attempt',
      says: 'a store below Keyv that fails is asked once, get and set, and one that never answers is waited for, 3 s later too; up to version 4 the failure is thrown, from 5 on get gives undefined and set false',
      proves: ['local-caches/retry'],
      async run(lab) {
        const { asked, store } = storeOf(async () => {
          throw new Error('down');
        });
        const keyv = await keyvOf(lab, { store });
        const told = [await keyv.get('a').catch(() => 'thrown'), await keyv.set('a', 1).catch(() => 'thrown')];
        assert.deepEqual(asked, { get: 1, set: 1 });
        assert.deepEqual(told, lab.major('keyv') >= 5 ? [undefined, false] : ['thrown', 'thrown']);
        const silent = await keyvOf(lab, { store: storeOf(() => new Promise(() => undefined)).store });
        await lab.hangs(() => silent.get('a'), 3000);
      },
    },
    {
      name: 'cacheable-one-attempt',
      says: 'a secondary store of Cacheable that fails is asked once, and get gives undefined; one that never answers is waited for, 3 s later too',
      proves: ['local-caches/retry'],
      runs: [NEW],
      async run(lab) {
        const { Cacheable } = await lab.load('cacheable');
        const failing = storeOf(async () => {
          throw new Error('down');
        });
        const cache = new Cacheable({ secondary: failing.store });
        cache.on('error', () => undefined);
        assert.equal(await cache.get('a'), undefined);
        await cache.set('a', 1);
        assert.deepEqual(failing.asked, { get: 1, set: 1 });
        const silent = new Cacheable({ secondary: storeOf(() => new Promise(() => undefined)).store });
        await lab.hangs(() => silent.get('a'), 3000);
      },
    },
    {
      name: 'keyv',
      says: 'get of a missing key gives undefined; the third argument of set counts milliseconds, and an object there is none: 50 is over after 0.1 s, `{ ttl: 50 }` and nothing stay',
      empty: 'get of a missing key of Keyv',
      async run(lab) {
        const keyv = await keyvOf(lab);
        assert.equal(await keyv.get('none'), undefined);
        await keyv.set('number', 'v', 50);
        await keyv.set('object', 'v', { ttl: 50 });
        await keyv.set('plain', 'v');
        const byDefault = await keyvOf(lab, { ttl: 50 });
        await byDefault.set('a', 'v');
        await lab.sleep(120);
        assert.equal(await keyv.get('number'), undefined);
        assert.equal(await keyv.get('object'), 'v');
        assert.equal(await keyv.get('plain'), 'v');
        assert.equal(await byDefault.get('a'), undefined);
      },
    },
    {
      name: 'lru-cache',
      says: 'get of a missing key gives undefined; `ttl` (from version 7 on) and `maxAge` (up to 7) are milliseconds: what they were written for 50 is over after 0.1 s. Version 6 makes a cache without any limit, 7 and later throw',
      empty: 'get of a missing key of lru-cache',
      async run(lab) {
        const lru = await lruOf(lab, { max: 10 });
        assert.equal(lru.get('none'), undefined);
        const major = lab.major('lru-cache');
        const [ofSix, ofSeven] = [await lruOf(lab, { max: 10, maxAge: 50 }), await lruOf(lab, { max: 10, ttl: 50 })];
        ofSix.set('a', 'v');
        ofSeven.set('a', 'v');
        if (major >= 7) lru.set('own', 'v', { ttl: 50 });
        else lru.set('own', 'v', 50);
        await lab.sleep(120);
        assert.equal(lru.get('own'), undefined);
        assert.equal(ofSix.get('a'), major <= 7 ? undefined : 'v');
        assert.equal(ofSeven.get('a'), major >= 7 ? undefined : 'v');
        if (major >= 7) await lab.fails(() => lruOf(lab, {}), { after: 0 });
        else (await lruOf(lab, {})).set('a', 'v');
      },
    },
    {
      name: 'node-cache',
      says: 'get and take of a missing key give undefined, mget an object without it; a number behind the value counts seconds: 0.05 is over after 0.1 s, 1 is not',
      empty: 'get of a missing key of node-cache',
      runs: [NEW],
      async run(lab) {
        const { default: NodeCache } = await lab.load('node-cache');
        const cache = new NodeCache();
        assert.equal(cache.get('none'), undefined);
        assert.equal(cache.take('none'), undefined);
        assert.deepEqual(cache.mget(['none']), {});
        cache.set('short', 'v', 0.05);
        cache.set('long', 'v', 1);
        await lab.sleep(120);
        assert.equal(cache.get('short'), undefined);
        assert.equal(cache.get('long'), 'v');
        cache.close();
      },
    },
    {
      name: 'cacheable',
      says: 'get and take of a missing key give undefined, and so does CacheableMemory at once; 50 and `50ms` and `{ ttl: 50 }` behind the value are over after 0.1 s, nothing there stays',
      empty: 'get of a missing key of Cacheable',
      runs: [NEW],
      async run(lab) {
        const { Cacheable, CacheableMemory } = await lab.load('cacheable');
        const cache = new Cacheable();
        assert.equal(await cache.get('none'), undefined);
        assert.equal(await cache.take('none'), undefined);
        const memory = new CacheableMemory();
        assert.equal(memory.get('none'), undefined);
        await cache.set('number', 'v', 50);
        await cache.set('text', 'v', '50ms');
        await cache.set('object', 'v', { ttl: 50 });
        await cache.set('plain', 'v');
        memory.set('number', 'v', 50);
        memory.set('plain', 'v');
        await lab.sleep(120);
        for (const key of ['number', 'text', 'object']) assert.equal(await cache.get(key), undefined, key);
        assert.equal(await cache.get('plain'), 'v');
        assert.equal(memory.get('number'), undefined);
        assert.equal(memory.get('plain'), 'v');
      },
    },
  ],
});
