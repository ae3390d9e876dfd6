import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { seenCalls } from './seen-calls.js';

const BEFORE = "import { connect, type NatsConnection } from 'nats'; const nc = await connect({ servers }); ";

describe('NATS: what its calls do', () => {
  it.each([
    ['a request', "await nc.request('time', data);", ['unknown']],
    ['a request with many replies', "for await (const one of await nc.requestMany('time')) use(one);", ['unknown stream']],
    ['a message is sent and nobody answers', "nc.publish('news', data);", ['write stream']],
    ['a subscription waits on purpose', "const sub = nc.subscribe('news');", ['none blocking']],
    ['the end is none', 'await nc.flush(); await nc.drain(); await nc.close();', []],
    ['the newer package', "import { connect as dial } from '@nats-io/transport-node'; const other = await dial(); await other.request('time');", ['unknown']],
    ['a connection that is handed in', "function f(c: NatsConnection) { return c.request('time'); }", ['unknown']],
  ])('%s', (_, code, expected) => expect(seenCalls(`${BEFORE}\n${code}`)).toEqual(expected));
});

describe('NATS: what bounds them', () => {
  it.each([
    ['the default of 1 s', "import { connect, type NatsConnection } from 'nats'; const nc = await connect({ servers }); await /*a*/nc.request('time');", 'bounded library-default'],
    ['a limit', "import { connect, type NatsConnection } from 'nats'; const nc = await connect({ servers }); await /*a*/nc.request('time', data, { timeout: 500 });", 'bounded call-option'],
    ['options as a variable', "import { connect, type NatsConnection } from 'nats'; const nc = await connect({ servers }); export const ask = (options) => /*a*/nc.request('time', data, options);", 'unknown parameter'],
    ['a message', "import { connect, type NatsConnection } from 'nats'; const nc = await connect({ servers }); /*a*/nc.publish('news', data);", 'bounded stream'],
    ['a subscription', "import { connect, type NatsConnection } from 'nats'; const nc = await connect({ servers }); /*a*/nc.subscribe('news');", 'bounded blocking'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));
});
