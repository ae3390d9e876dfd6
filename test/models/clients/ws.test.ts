import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { seenCalls } from './seen-calls.js';

const BEFORE = "import WebSocket, { WebSocketServer } from 'ws'; const socket = new WebSocket('wss://host');";

describe('ws: what its calls do', () => {
  it.each([
    ['what is sent is not answered', "socket.send('a'); socket.ping();", ['write stream', 'write stream']],
    ['a socket by its name', "import { WebSocket as Socket } from 'ws'; const s = new Socket(url); s.send('a', done);", ['write stream']],
    ['a socket that is required', "const Ws = require('ws'); const s = new Ws(url, { handshakeTimeout: 500 }); s.send('a');", ['write stream']],
    ['listeners and the end are none', "socket.on('message', take); socket.close(); socket.terminate();", []],
  ])('%s', (_, code, expected) => expect(seenCalls(`${BEFORE}\n${code}`)).toEqual(expected));
});

describe('ws: what bounds them', () => {
  it.each([
    ['opening is not asked for a limit', "import WebSocket, { WebSocketServer } from 'ws'; const socket = /*a*/new WebSocket(url);", 'silent'],
    ['sending', "import WebSocket, { WebSocketServer } from 'ws'; const socket = new WebSocket(url); /*a*/socket.send('a');", 'bounded stream'],
    ['a server', "import WebSocket, { WebSocketServer } from 'ws'; const server = /*a*/new WebSocketServer({ port });", 'silent'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));
});
