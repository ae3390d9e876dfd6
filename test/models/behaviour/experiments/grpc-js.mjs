import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const pass = (value) => value;
const method = (name) => ({ path: `/shop.Shop/${name}`, requestStream: false, responseStream: false, requestSerialize: pass, requestDeserialize: pass, responseSerialize: pass, responseDeserialize: pass });
const SERVICE = { get: method('get'), take: method('take') };

/** A server whose calls are answered by `answer`. */
async function serve(grpc, answer) {
  const server = new grpc.Server();
  let calls = 0;
  const handler = (call, done) => answer(call, done, (calls += 1));
  server.addService(SERVICE, { get: handler, take: handler });
  const port = await new Promise((resolve, reject) => server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))));
  return { port, calls: () => calls, close: () => server.forceShutdown() };
}

const clientOf = (grpc, port, options) => new (grpc.makeGenericClientConstructor(SERVICE, 'Shop'))(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
const call = (client, options = {}, name = 'get') => new Promise((resolve, reject) => client[name](Buffer.from('a'), options, (error, value) => (error ? reject(error) : resolve(value))));

export default experiments({
  record: 'grpc-js',
  runs: [{ '@grpc/grpc-js': '1.14.7' }, { '@grpc/grpc-js': '1.10.11' }],
  experiments: [
    {
      name: 'deadline',
      says: '`deadline: Date.now() + 300` ends a call with DEADLINE_EXCEEDED on a server that never answers, on one that says nothing and on one that takes no connection, waiting for it with `waitForReady` too, and over the attempts of a service config; `deadline: 5000` is over at once; without one the first three are pending after 4 s',
      proves: ['grpc-js/timeout/1'],
      async run({ require, tcp, deaf, fails, hangs }) {
        const grpc = require('@grpc/grpc-js');
        const never = await serve(grpc, () => undefined);
        const failing = await serve(grpc, (_, done) => done({ code: grpc.status.UNAVAILABLE, details: 'later' }));
        const silent = await tcp();
        const deafOne = await deaf();
        const retries = JSON.stringify({ methodConfig: [{ name: [{ service: 'shop.Shop' }], retryPolicy: { maxAttempts: 5, initialBackoff: '1s', maxBackoff: '1s', backoffMultiplier: 1, retryableStatusCodes: ['UNAVAILABLE'] } }] });
        const clients = [never, silent, deafOne].map(({ port }) => clientOf(grpc, port));
        const repeating = clientOf(grpc, failing.port, { 'grpc.service_config': retries });
        const late = (client, more = {}) => fails(() => call(client, { deadline: Date.now() + 300, ...more }), { after: 270, error: /DEADLINE_EXCEEDED/ });
        await Promise.all([
          ...clients.map((client) => late(client)),
          late(clients[2], { waitForReady: true }),
          ...clients.map((client) => hangs(() => call(client), 4000)),
          // Its attempts alone would take 2 s or so.
          late(repeating),
        ]);
        await fails(() => call(clients[0], { deadline: 5000 }), { after: 0, late: 500, error: /DEADLINE_EXCEEDED/ });
        for (const client of [...clients, repeating]) client.close();
        never.close();
        failing.close();
      },
    },
    {
      name: 'attempts',
      says: 'an answer UNAVAILABLE and a connection that breaks off during the call are each one call of the server; a service config with `maxAttempts: 10` makes 5',
      proves: ['grpc-js/retry'],
      async run({ require, fails, sleep, proxy }) {
        const grpc = require('@grpc/grpc-js');
        const failing = await serve(grpc, (_, done) => done({ code: grpc.status.UNAVAILABLE, details: 'later' }));
        const breaking = await serve(grpc, () => undefined);
        const policy = JSON.stringify({ methodConfig: [{ name: [{ service: 'shop.Shop' }], retryPolicy: { maxAttempts: 10, initialBackoff: '0.05s', maxBackoff: '0.1s', backoffMultiplier: 1, retryableStatusCodes: ['UNAVAILABLE'] } }] });
        const between = await proxy(breaking.port);
        const plain = clientOf(grpc, failing.port);
        const broken = clientOf(grpc, between.port);
        await fails(() => call(plain), { after: 0, error: /UNAVAILABLE/ });
        await fails(() => call(plain, {}, 'take'), { after: 0, error: /UNAVAILABLE/ });
        const waiting = fails(() => call(broken), { after: 0, late: 8000, error: /UNAVAILABLE|CANCELLED|INTERNAL/ });
        await sleep(500);
        await between.close();
        await waiting;
        await sleep(1000);
        assert.equal(failing.calls(), 2);
        assert.equal(breaking.calls(), 1);
        const repeating = clientOf(grpc, failing.port, { 'grpc.service_config': policy });
        await fails(() => call(repeating), { after: 0, late: 5000, error: /UNAVAILABLE/ });
        assert.equal(failing.calls(), 2 + 5);
        for (const client of [plain, broken, repeating]) client.close();
        failing.close();
        breaking.close();
      },
    },
  ],
});
