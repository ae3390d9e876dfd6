import type { ClientModel, ClientShape } from '../types.js';

const write = { effect: 'write' } as const;

const CHANNEL = {
  // It answers at once, with `false` when the buffer is full; nothing tells whether the message arrived.
  publish: write, sendToQueue: write,
  // Nor does anything tell whether these arrived.
  ack: write, ackAll: write, nack: write, nackAll: write, reject: write,
  get: { effect: 'read', empty: { path: '', value: 'false' } },
  consume: { effect: 'none', mode: 'blocking' },
  cancel: { effect: 'none' }, recover: { effect: 'none' }, prefetch: { effect: 'none' },
  checkQueue: { effect: 'read' }, checkExchange: { effect: 'read' },
  assertQueue: write, deleteQueue: write, purgeQueue: write, bindQueue: write, unbindQueue: write,
  assertExchange: write, deleteExchange: write, bindExchange: write, unbindExchange: write,
} as const satisfies ClientShape['operations'];

export const models: readonly ClientModel[] = [
  {
    id: 'amqplib',
    title: 'amqplib',
    kind: 'queue',
    packages: ['amqplib'],
    otherModules: ['amqplib/callback_api', 'amqplib/callback_api.js'],
    callbackModules: ['amqplib/callback_api', 'amqplib/callback_api.js'],
    checked: ['2.3.1', '0.10.9'],
    exports: { connect: { is: 'factory', makes: 'connection', options: { at: [1] }, more: { at: [0] }, url: { argument: { at: [0] } } } },
    clients: {
      connection: {
        title: 'AMQP connection',
        operations: {},
        members: { createChannel: { is: 'chain', client: 'channel' }, createConfirmChannel: { is: 'chain', client: 'confirm' } },
        perCall: false,
        harmless: ['close'],
        types: ['Connection', 'ChannelModel'],
      },
      channel: { title: 'AMQP channel', operations: CHANNEL, perCall: false, harmless: ['close'], types: ['Channel'] },
      confirm: { title: 'AMQP confirm channel', operations: { ...CHANNEL, waitForConfirms: { effect: 'write' } }, perCall: false, harmless: ['close'], types: ['ConfirmChannel'] },
    },
    bounds: [
      {
        path: 'heartbeat', at: ['client'], covers: 'idle', unit: 's', default: 60, zero: 'unlimited', urlParameter: 'heartbeat',
        note: 'finds a dead connection; unset, the server suggests it (RabbitMQ: 60 s)', source: 'heartbeat',
      },
      { path: 'timeout', at: ['client'], covers: 'connect', unit: 'ms', default: null, note: 'bounds connecting and the handshake', source: 'connect' },
    ],
    edits: [{ at: 'client', path: 'timeout', value: 'ms', clients: ['connection'] }],
    seam: { kind: 'none', note: 'wrap the call', tried: false },
    repeat: {
      again: ['publish', 'sendToQueue'],
      same: ['assert*', 'check*', 'bind*', 'ack', 'nack', 'delete*', 'purge*', 'unbind*'],
      keys: [{ path: 'messageId', at: 'call' }],
      source: 'amqplib@2.3.1 docs, `Channel#publish`: the broker keeps what it is sent; `messageId` is for the consumer to know it again',
    },
    errors: { timeout: ['connect ETIMEDOUT', 'Heartbeat timeout'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits until two heartbeats are missed, and for ever where they are off',
    mend: 'leave `heartbeat` on, and set `timeout` in the second argument of `connect`',
    sources: {
      connect: 'amqplib@2.3.1 lib/connect.js:98,167,187; index.d.ts:71-81; run: it ended connecting, and no call once open',
      heartbeat: 'amqplib@2.3.1 CHANGELOG.md, README.md:121-264 (0 switches it off from 2.0 on, and left it to the server before)',
      results: 'amqplib@2.3.1 lib/api_args.js:236-261, lib/channel_model.js:154-175 (get gives false for an empty queue)',
    },
    verified: 'source+test',
  },
];
