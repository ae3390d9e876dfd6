import type { BoundModel, ClientModel } from '../types.js';

const shared = {
  title: 'KafkaJS',
  kind: 'queue',
  packages: ['kafkajs'],
  exports: { Kafka: { is: 'class', makes: 'kafka', options: { at: [0] } } },
  clients: {
    kafka: {
      title: 'Kafka client',
      operations: {},
      members: {
        producer: { is: 'factory', makes: 'producer', options: { at: [0] } },
        consumer: { is: 'factory', makes: 'consumer', options: { at: [0] } },
        admin: { is: 'factory', makes: 'admin', options: { at: [0] } },
      },
      perCall: false,
      harmless: ['logger'],
      types: ['Kafka'],
    },
    producer: {
      title: 'Kafka producer',
      operations: {
        connect: { effect: 'none', waits: ['connect'] },
        send: { options: { at: [0] }, effect: 'write' },
        sendBatch: { options: { at: [0] }, effect: 'write' },
      },
      members: { transaction: { is: 'chain', client: 'transaction' } },
      perCall: false,
      harmless: ['disconnect', 'isIdempotent', 'events', 'logger'],
      types: ['Producer'],
    },
    transaction: {
      title: 'Kafka transaction',
      operations: { send: { options: { at: [0] }, effect: 'write' }, sendBatch: { options: { at: [0] }, effect: 'write' }, sendOffsets: { effect: 'write' }, commit: { effect: 'write' }, abort: { effect: 'write' } },
      perCall: false,
      harmless: ['isActive'],
      types: ['Transaction'],
    },
    consumer: {
      title: 'Kafka consumer',
      operations: {
        connect: { effect: 'none', waits: ['connect'] },
        subscribe: { effect: 'none' },
        // It begins to consume and answers at once.
        run: { options: { at: [0] }, effect: 'none', mode: 'blocking' },
        commitOffsets: { effect: 'write' },
        describeGroup: { effect: 'read' },
      },
      perCall: false,
      harmless: ['disconnect', 'stop', 'pause', 'resume', 'paused', 'seek', 'events', 'logger'],
      types: ['Consumer'],
    },
    admin: {
      title: 'Kafka admin',
      operations: {
        connect: { effect: 'none', waits: ['connect'] },
        'fetch*': { effect: 'read' }, 'list*': { effect: 'read' }, 'describe*': { effect: 'read' },
        '*': { effect: 'write' },
      },
      perCall: false,
      harmless: ['disconnect', 'events', 'logger'],
      types: ['Admin'],
    },
  },
  seam: { kind: 'none', note: 'wrap `producer.send` and the handler of `run`', tried: false },
  retry: {
    retries: 5, option: 'retry.retries', methods: 'all', stays: true, backoff: 'exponential', jitter: true, retriesTimeouts: true,
    note: 'begins at 300 ms and doubles up to 30 s; what a producer that is not idempotent sends again may arrive twice', source: 'retry',
  },
  repeat: {
    again: ['send', 'sendBatch'],
    same: ['commitOffsets', 'sendOffsets'],
    keys: [{ path: 'idempotent', at: 'client', isSwitch: true }],
    source: 'kafkajs@2.2.4 docs/Producing.md, `idempotent`: with it the broker knows a batch that is sent again by the producer itself',
  },
  errors: { timeout: ['KafkaJSRequestTimeoutError', 'KafkaJSNumberOfRetriesExceeded'], nothingSent: ['KafkaJSConnectionError', 'KafkaJSConnectionClosedError'] },
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

const timeout = (facts: Pick<BoundModel, 'default' | 'requires' | 'note'>): BoundModel => ({ path: 'requestTimeout', at: ['client'], covers: 'attempt', unit: 'ms', ...facts, source: 'client' });

const others: readonly BoundModel[] = [
  { path: 'timeout', at: ['call'], covers: 'server', unit: 'ms', default: 30_000, rejects: false, note: 'bounds how long the broker waits for acknowledgements, and not the call', source: 'send' },
  { path: 'connectionTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 1000, note: 'bounds connecting', source: 'client' },
  {
    path: 'authenticationTimeout', at: ['client'], covers: 'queue', unit: 'ms', default: 10_000,
    note: 'bounds the wait for a connection that another call is making; signing in is bounded by `requestTimeout`', source: 'signing',
  },
];

const sources = {
  send: 'kafkajs@2.2.4 src/producer/messageProducer.js:43-61; run: the broker was told, and the call was pending',
  retry: 'kafkajs@2.2.4 src/retry/defaults.js, src/producer/index.js:37-54, src/index.js; run: 6 times, in 1.16.0 too',
  signing: 'kafkajs@2.2.4 src/broker/index.js:52-62, src/broker/saslAuthenticator/index.js; run: signing in was pending long after it',
};

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'kafkajs',
    versions: '>=2',
    checked: ['2.2.4'],
    bounds: [timeout({ default: 30_000, note: 'bounds each request to a broker' }), ...others],
    edits: [{ at: 'client', path: 'requestTimeout', value: 'ms', clients: ['kafka'] }],
    unbounded: 'is given up after `requestTimeout`, 30 s unless set, and tried again 5 times',
    mend: 'set `requestTimeout` where the Kafka client is made',
    sources: { ...sources, client: 'kafkajs@2.2.4 src/index.js:43-71, src/network/requestQueue/socketRequest.js (`enforceRequestTimeout` is on by default)' },
  },
  {
    ...shared,
    id: 'kafkajs-1',
    versions: '<2',
    checked: ['1.16.0'],
    bounds: [timeout({ default: null, requires: { path: 'enforceRequestTimeout', equals: true }, note: 'bounds a request only with `enforceRequestTimeout: true`' }), ...others],
    edits: [{ at: 'client', path: 'requestTimeout', value: 'ms', beside: { path: 'enforceRequestTimeout', text: 'true', needed: true }, clients: ['kafka'] }],
    unbounded: 'waits for ever, as `enforceRequestTimeout` is off by default',
    mend: 'set `requestTimeout` and `enforceRequestTimeout: true` where the Kafka client is made',
    sources: { ...sources, client: 'kafkajs@1.16.0 src/index.js:40-50; run: pending after 35 s' },
  },
];
