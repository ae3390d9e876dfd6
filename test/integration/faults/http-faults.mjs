/** What a failing downstream does to one HTTP request. */
import { Agent, createServer, request as send } from 'node:http';
import { breakOff } from './break-off.mjs';

/** Modes by name: the request is never seen by the downstream, or its answer is spoilt. */
const MODES = {
  pass: ({ forward, answer }) => forward(answer),
  hang: () => undefined,
  delay: ({ fault, forward, answer }) => setTimeout(() => forward(answer), fault.ms),
  reset: ({ request }) => breakOff(request.socket),
  unavailable: ({ fault, response }) => refuseWith503(fault, response),
  /** Half of the faults are 503, half are resets. */
  errors: (call) => (call.coin < 0.5 ? MODES.unavailable(call) : MODES.reset(call)),
  /** The downstream does its work at once, and says so late. */
  'late-reply': ({ fault, forward, answer, response }) =>
    forward((...reply) =>
      setTimeout(() => {
        if (!response.destroyed) answer(...reply);
      }, fault.ms),
    ),
  /** The downstream does its work, and nobody hears of it. */
  'drop-reply': ({ forward, request }) => forward(() => breakOff(request.socket)),
  /** The head at once, the body a few bytes at a time. */
  drip: ({ fault, forward, response }) =>
    forward(async (status, headers, body) => {
      response.writeHead(status, headers);
      const step = Math.max(1, Math.ceil(body.length / (fault.pieces ?? 8)));
      for (let at = 0; at < body.length && !response.destroyed; at += step) {
        response.write(body.subarray(at, at + step));
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
      }
      response.end();
    }),
  /** The head and half of the body, then nothing. */
  stall: ({ forward, response }) =>
    forward((status, headers, body) => {
      response.writeHead(status, headers);
      response.write(body.subarray(0, Math.ceil(body.length / 2)));
    }),
};

function refuseWith503(fault, response) {
  response.writeHead(503, { 'content-type': 'text/plain', ...fault.headers });
  response.end(Buffer.alloc(fault.bytes ?? 16, 'x'));
}

/**
 * @param {{ fault: { mode: string, share?: number, attempts?: number, only?: string } }} state `share`: of requests that are hit;
 * `attempts`: only so many sendings of the same method and URL are hit; `only`: what the URL contains
 */
export function httpFaults(targetPort, state) {
  const agent = new Agent({ keepAlive: true });
  const sendings = new Map();
  const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 }, (request, response) => {
    const key = `${request.method} ${request.url}`;
    state.requests.push({ at: performance.now(), key });
    const sending = (sendings.get(key) ?? 0) + 1;
    sendings.set(key, sending);
    const { fault } = state;
    const hit = (fault.share === undefined || chance(`${key} ${sending}`) < fault.share) && sending <= (fault.attempts ?? Infinity) && request.url.includes(fault.only ?? '');
    const answer = (status, headers, body) => response.writeHead(status, headers).end(body);
    MODES[hit ? fault.mode : 'pass']({
      fault, request, response, answer,
      coin: chance(`${sending} ${key}`),
      forward: (reply) => forward(agent, targetPort, request, response, reply),
    });
  });
  return {
    accept: (socket) => server.emit('connection', socket),
    close: () => agent.destroy(),
  };
}

/** Hands a request on, and the whole answer to `reply`. */
function forward(agent, port, request, response, reply) {
  const { connection: _, ...headers } = request.headers;
  const onward = send({ agent, port, host: '127.0.0.1', method: request.method, path: request.url, headers }, (answered) => {
    const pieces = [];
    answered.on('data', (piece) => pieces.push(piece));
    answered.on('end', () => {
      if (response.destroyed) return;
      const { connection: __, 'keep-alive': ___, 'transfer-encoding': ____, ...kept } = answered.headers;
      const body = Buffer.concat(pieces);
      reply(answered.statusCode, { ...kept, 'content-length': body.length }, body);
    });
  });
  onward.on('error', () => breakOff(request.socket));
  request.pipe(onward);
}

/**
 * A number from 0 to 1 that a text always has: the same request fails for the service before and after,
 * in whatever order requests arrive (FNV-1a, and a last mixing, without which texts that end alike have close numbers).
 */
function chance(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
