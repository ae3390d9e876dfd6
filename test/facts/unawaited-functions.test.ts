import { describe, expect, it } from 'vitest';
import { unawaitedFunctions } from '../../src/facts/unawaited-functions.js';
import { sourceOf } from '../support/source.js';

const cases: [sentence: string, code: string, found: string[]][] = [
  ['a timer', 'setInterval(async () => { await fetch(url); }, 5);', ['timer sometimes']],
  ['a timer of node:timers', "import { setTimeout } from 'node:timers';\nsetTimeout(async () => { await fetch(url); }, 5);", ['timer sometimes']],
  ['a timer whose body is in a try', 'setInterval(async () => { try { await fetch(url); } catch (e) { console.error(e); } }, 5);', ['timer never']],
  ['a listener', "emitter.on('order', async (order) => { await fetch(order.url); });", ['listener sometimes']],
  ['a listener of the process', "process.on('message', async () => { throw new Error('a'); });", ['listener always']],
  ['a loop that waits for nobody', 'ids.forEach(async (id) => { await load(id); });', ['iteration unknown']],
  ['a function that is not async', 'setInterval(() => tick(), 5);', []],
  ['a map, whose promises somebody may wait for', 'await Promise.all(ids.map(async (id) => load(id)));', []],
  ["a timer of one's own", 'function setInterval(f) { return f(); }\nsetInterval(async () => { await fetch(url); });', []],
  ['nothing async', 'setTimeout(tick, 5);', []],
];

describe('async functions that nobody waits for:', () => {
  it.each(cases)('%s', (_sentence, code, found) => {
    expect(unawaitedFunctions(sourceOf(code)).map(({ by, throws }) => `${by} ${throws}`)).toEqual(found);
  });
});
