import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { seenCalls } from './seen-calls.js';

const BEFORE = "import { io, type Socket } from 'socket.io-client'; const socket = io('https://host'); ";

describe('Socket.IO client: what its calls do', () => {
  it.each([
    ['an event', "socket.emit('a', 1);", ['write stream']],
    ['an event with a callback', "socket.emit('a', 1, (reply) => {});", ['write stream']],
    ['an answer is waited for', "await socket.emitWithAck('a', 1);", ['unknown']],
    ['with a limit', "await socket.timeout(500).emitWithAck('a', 1);", ['unknown stream']],
    ['an event that may be lost', "socket.volatile.emit('a');", ['write stream']],
    ['listeners and the end are none', "socket.on('a', take); socket.connect(); socket.disconnect();", []],
  ])('%s', (_, code, expected) => expect(seenCalls(`${BEFORE}\n${code}`)).toEqual(expected));
});

describe('Socket.IO client: what bounds them', () => {
  it.each([
    ['an answer is waited for', "import { io, type Socket } from 'socket.io-client'; const socket = io('https://host'); await /*a*/socket.emitWithAck('a');", 'unbounded absent'],
    ['a limit that is chained', "import { io, type Socket } from 'socket.io-client'; const socket = io('https://host'); await /*a*/socket.timeout(500).emitWithAck('a');", 'bounded stream'],
    ['a limit that is kept', "import { io, type Socket } from 'socket.io-client'; const socket = io('https://host'); const patient = socket.timeout(500); await /*a*/patient.emitWithAck('a');", 'bounded stream'],
    ['a limit of the client', "import { io, type Socket } from 'socket.io-client'; const socket = io('https://host', { ackTimeout: 500 }); await /*a*/socket.emitWithAck('a');", 'bounded client-option'],
    ['connecting alone is bounded', "import { io, type Socket } from 'socket.io-client'; const socket = io('https://host', { timeout: 500 }); await /*a*/socket.emitWithAck('a');", 'unbounded absent'],
    ['options as a variable', "import { io, type Socket } from 'socket.io-client'; export function open(options) { const socket = io('https://host', options); return /*a*/socket.emitWithAck('a'); }", 'unknown parameter'],
    ['an event', "import { io, type Socket } from 'socket.io-client'; const socket = io('https://host'); /*a*/socket.emit('a');", 'bounded stream'],
    ['a socket that is handed in', "import { io, type Socket } from 'socket.io-client'; export function f(socket: Socket) { return /*a*/socket.emitWithAck('a'); }", 'unknown parameter'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));
});
