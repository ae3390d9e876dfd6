import type { ClientModel, OperationModel } from '../types.js';

// It is written to the socket, and nobody answers.
const sent = { effect: 'write', mode: 'stream' } as const satisfies OperationModel;

export const models: readonly ClientModel[] = [
  {
    id: 'nats',
    title: 'NATS',
    kind: 'queue',
    packages: ['nats', '@nats-io/transport-node', '@nats-io/nats-core'],
    versions: '>=2',
    checked: ['nats 2.29.3', '@nats-io/nats-core 3.4.0', '@nats-io/transport-node 3.4.0'],
    exports: {
      connect: { is: 'factory', makes: 'connection', options: { at: [0] } },
      wsconnect: { is: 'factory', makes: 'connection', options: { at: [0] } },
    },
    clients: {
      connection: {
        title: 'NATS connection',
        operations: {
          request: { options: { at: [2] }, effect: 'unknown' },
          // Answers with an iterator, which ends by `maxWait`.
          requestMany: { options: { at: [2] }, effect: 'unknown', mode: 'stream' },
          publish: sent,
          respondMessage: sent,
          subscribe: { effect: 'none', mode: 'blocking' },
        },
        perCall: true,
        harmless: ['flush', 'drain', 'close', 'closed', 'isClosed', 'isDraining', 'status', 'stats', 'getServer', 'rtt', 'jetstream', 'jetstreamManager', 'services'],
        types: ['NatsConnection'],
      },
    },
    bounds: [
      { path: 'timeout', at: ['call'], covers: 'total', unit: 'ms', default: 1000, zero: 'default', note: 'bounds a request, whatever it waits for', source: 'request' },
      { path: 'maxWait', at: ['call'], covers: 'total', unit: 'ms', default: 1000, zero: 'default', note: 'ends the replies of `requestMany`', source: 'request' },
      { path: 'timeout', at: ['client'], covers: 'connect', unit: 'ms', default: 20_000, zero: 'default', note: 'bounds connecting, the handshake too', source: 'connect' },
      { path: 'pingInterval', at: ['client'], covers: 'idle', unit: 'ms', default: 120_000, rejects: false, note: 'finds a dead connection after `maxPingOut` pings, and connects again', source: 'ping' },
    ],
    edits: [{ at: 'call', path: 'timeout', value: 'ms' }],
    seam: { kind: 'none', note: 'wrap the call', tried: false },
    retry: {
      retries: 0, methods: [], backoff: 'none', jitter: false,
      note: 'a lost connection is made again, 10 times and 2 s apart with jitter; a request under way is not sent again', source: 'reconnect',
    },
    repeat: { again: ['publish', 'respondMessage'], source: 'publish' },
    errors: { timeout: ['TIMEOUT', 'TimeoutError'], nothingSent: ['CONNECTION_REFUSED', 'NoRespondersError', '503'] },
    unbounded: 'is given up after 1 s',
    mend: 'pass `{ timeout }` in the third argument',
    sources: {
      request: '@nats-io/nats-core@3.4.0 lib/nats.js:139-170,299-309; nats@2.29.3 lib/nats-base-client/nats.js:170-180,311-321',
      connect: '@nats-io/nats-core@3.4.0 lib/protocol.js:472; nats@2.29.3 lib/nats-base-client/protocol.js:415',
      ping: '@nats-io/nats-core@3.4.0 lib/options.js:29-36, lib/heartbeats.js',
      reconnect: '@nats-io/nats-core@3.4.0 lib/options.js:29-36, lib/protocol.js; run: the gaps between connections',
      publish: '@nats-io/nats-core@3.4.0 lib/nats.js (publish): at most once, and the server keeps nothing by which it knew a message again',
    },
    verified: 'source+test',
  },
];
