import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

/** A cache in memory, as each version makes it. */
async function inMemory(lab) {
  const { createCache, caching } = await modulesOf(lab);
  if (lab.major('cache-manager') >= 6) return createCache();
  return lab.major('cache-manager') === 5 ? caching('memory') : caching({ store: 'memory' });
}

async function modulesOf(lab) {
  const loaded = await lab.load('cache-manager');
  return { ...loaded.default, ...loaded };
}

/** A cache over a store whose calls do as `behave` says, and how often it was asked. */
async function overStore(lab, behave) {
  const { createCache, caching } = await modulesOf(lab);
  const asked = { get: 0, set: 0 };
  const call = (name) => (...args) => {
    asked[name] += 1;
    return behave(args.find((each) => typeof each === 'function'));
  };
  const store = { get: call('get'), set: call('set'), delete: async () => true, clear: async () => undefined, opts: {} };
  if (lab.major('cache-manager') >= 6) {
    const { default: Keyv } = await lab.load('keyv');
    const keyv = new Keyv({ store });
    keyv.on('error', () => undefined);
    const cache = createCache({ stores: [keyv] });
    cache.on('error', () => undefined);
    return { asked, cache };
  }
  if (lab.major('cache-manager') === 5) return { asked, cache: await caching({ ...store, del: store.delete, reset: store.clear, keys: async () => [] }) };
  return { asked, cache: caching({ store: { create: () => ({ name: 'own', isCacheableValue: () => true, ...store }) } }) };
}

export default experiments({
  record: 'cache-manager',
  runs: [{ 'cache-manager': '7.2.9', keyv: '5.6.0' }, { 'cache-manager': '6.4.3', keyv: '5.6.0' }, { 'cache-manager': '5.7.6' }, { 'cache-manager': '4.1.0' }],
  experiments: [
    {
      name: 'one-attempt',
      says: 'a store that fails is asked once, get and set; one that never answers is waited for, 3 s later too',
      proves: ['cache-manager/retry'],
      async run(lab) {
        const failing = await overStore(lab, async (callback) => {
          if (callback === undefined) throw new Error('down');
          callback(new Error('down'));
        });
        await failing.cache.get('a').catch(() => undefined);
        await failing.cache.set('a', 1).catch(() => undefined);
        await lab.sleep(500);
        assert.deepEqual(failing.asked, { get: 1, set: 1 });
        const silent = await overStore(lab, () => new Promise(() => undefined));
        await lab.hangs(() => silent.cache.get('a'), 3000);
      },
    },
    {
      name: 'missing-keys',
      says: 'get gives undefined, in version 6 null',
      empty: 'get of a key that is missing',
      async run(lab) {
        const cache = await inMemory(lab);
        assert.equal(await cache.get('none'), lab.major('cache-manager') === 6 ? null : undefined);
      },
    },
    {
      name: 'time-to-live',
      says: 'the third argument of set counts seconds in version 4, milliseconds from 5 on: what was written with 1 is there after 0.1 s in 4 alone, and gone in all after 1.4 s; an object `{ ttl: 1 }` counts in 4 alone and from 5 on leaves an entry that stays',
      empty: 'the life of what set wrote with an object',
      async run(lab) {
        const cache = await inMemory(lab);
        const old = lab.major('cache-manager') < 5;
        await cache.set('number', 'v', 1);
        await cache.set('object', 'v', { ttl: 1 });
        await cache.set('none', 'v');
        await lab.sleep(100);
        assert.equal((await cache.get('number')) ?? null, old ? 'v' : null);
        assert.equal(await cache.get('object'), 'v');
        await lab.sleep(1300);
        assert.equal((await cache.get('number')) ?? null, null);
        assert.equal((await cache.get('object')) ?? null, old ? null : 'v');
        assert.equal(await cache.get('none'), 'v');
      },
    },
  ],
});
