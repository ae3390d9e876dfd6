import type { ClientModel } from '../types.js';

export const models: readonly ClientModel[] = [
  {
    id: 'google-cloud-pubsub',
    title: 'Google Cloud Pub/Sub',
    kind: 'queue',
    packages: ['@google-cloud/pubsub'],
    versions: '>=4',
    checked: ['5.3.1', '4.11.0'],
    exports: { PubSub: { is: 'class', makes: 'pubsub', options: { at: [0] } } },
    clients: {
      pubsub: {
        title: 'Pub/Sub client',
        operations: { createTopic: { effect: 'write' }, createSubscription: { effect: 'write' }, getTopics: { effect: 'read' }, getSubscriptions: { effect: 'read' } },
        members: { topic: { is: 'factory', makes: 'topic', options: { at: [1] } } },
        perCall: false,
        harmless: ['close', 'getTopicsStream', 'getSubscriptionsStream', 'subscription', 'snapshot', 'schema'],
        types: ['PubSub'],
      },
      topic: {
        title: 'Pub/Sub topic',
        operations: { publishMessage: { effect: 'write' }, publishJSON: { effect: 'write' }, publish: { effect: 'write' }, flush: { effect: 'write' } },
        perCall: false,
        harmless: ['subscription', 'setPublishOptions', 'getPublishOptionDefaults', 'resumePublishing'],
        types: ['Topic'],
      },
    },
    bounds: [{ path: 'gaxOpts.timeout', at: ['client'], covers: 'total', unit: 'ms', default: 60_000, note: 'bounds publishing with its attempts', source: 'timeout' }],
    edits: [{ at: 'client', path: 'gaxOpts.timeout', value: 'ms', clients: ['topic'] }],
    seam: { kind: 'call', tried: false },
    retry: {
      retries: Infinity, methods: ['publishMessage', 'publishJSON', 'publish'], backoff: 'exponential', jitter: true,
      note: 'a message is published again until `gaxOpts.timeout` is over, 60 s unless set, and may arrive twice', source: 'retry',
    },
    repeat: { again: ['publishMessage', 'publishJSON', 'publish'], source: 'run with @google-cloud/pubsub@5.3.1: each publishing is a message of its own' },
    errors: { timeout: ['DEADLINE_EXCEEDED'] },
    unbounded: 'is given up after 60 s',
    mend: 'set `gaxOpts: { timeout: ms }` where the topic is made',
    sources: {
      timeout: 'run with @google-cloud/pubsub@5.3.1 and 4.11.0: pending without it, ended with it, by default after 60 s',
      retry: 'run with @google-cloud/pubsub@5.3.1 and 4.11.0: "unavailable" is asked again 3 times and more within 5 s',
    },
    verified: 'source+test',
  },
];
