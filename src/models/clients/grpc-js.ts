import type { ClientModel } from '../types.js';

/** Of a call's options; an object without any of them is the request. */
const keys = ['deadline', 'host', 'parent', 'propagate_flags', 'credentials', 'interceptors'] as const;

export const models: readonly ClientModel[] = [
  {
    id: 'grpc-js',
    title: '@grpc/grpc-js',
    kind: 'rpc',
    packages: ['@grpc/grpc-js'],
    checked: ['1.14.7', '1.10.11'],
    exports: {
      Client: { is: 'class', makes: 'client', options: { at: [2] } },
      makeGenericClientConstructor: { is: 'factory', makes: 'generated' },
      makeClientConstructor: { is: 'factory', makes: 'generated' },
      loadPackageDefinition: { is: 'factory', makes: 'package' },
    },
    clients: {
      client: {
        title: 'gRPC client',
        operations: {
          // (request, metadata?, options?, callback); without a callback it can only be a streaming method.
          '*': { options: { at: 'last', after: 1, keys }, effect: 'unknown', streamWithoutCallback: true },
          makeUnaryRequest: { options: { at: 'last', after: 4, keys }, effect: 'unknown' },
          makeClientStreamRequest: { options: { at: 'last', after: 3, keys }, effect: 'unknown', mode: 'stream' },
          makeServerStreamRequest: { options: { at: 'last', after: 4, keys }, effect: 'unknown', mode: 'stream' },
          makeBidiStreamRequest: { options: { at: 'last', after: 3, keys }, effect: 'unknown', mode: 'stream' },
        },
        perCall: true,
        harmless: ['close', 'getChannel', 'waitForReady'],
        types: ['Client', 'ServiceClient'],
      },
      // Generated classes: `const Greeter = makeGenericClientConstructor(…); new Greeter(address, credentials)`.
      generated: {
        title: 'gRPC client class',
        operations: {},
        members: { '': { is: 'factory', makes: 'client', options: { at: [2] } } },
        perCall: true,
        types: ['ServiceClientConstructor'],
      },
      package: {
        title: 'gRPC package',
        operations: {},
        members: { '**': { is: 'factory', makes: 'client', options: { at: [2] } } },
        perCall: true,
        types: ['GrpcObject'],
      },
    },
    bounds: [
      {
        path: 'deadline', at: ['call'], covers: 'total', unit: 'epoch-ms', default: null, zero: 'immediate', off: ['Infinity'],
        note: 'is a point in time, `Date.now() + ms`, not a duration: a small number is over before the call begins', source: 'deadline',
      },
    ],
    edits: [{ at: 'call', path: 'deadline', value: 'deadline' }],
    seam: {
      kind: 'interceptor', path: 'interceptors', outcomes: 'grpc', client: 'grpc', on: ['client'],
      write: { section: 'grpcPolicy', form: 'list', path: 'interceptors', notWith: ['interceptors', 'interceptor_providers', 'channelOverride', 'callInvocationTransformer'], note: 'calls are sent once, streams pass by it', service: { is: 'argument', at: 0 } },
      tried: true,
    },
    retry: {
      retries: 0, methods: [], backoff: 'none', jitter: false,
      note: 'only what never left the client is repeated, unless a service config sets a retry policy', source: 'retry',
    },
    errors: { timeout: ['DEADLINE_EXCEEDED'] },
    unbounded: 'waits for ever on a silent server, as a gRPC call has no deadline by default',
    mend: 'pass `{ deadline: Date.now() + ms }` with the call',
    sources: {
      deadline: '@grpc/grpc-js@1.14.7 build/src/client.d.ts:19, client-interceptors.js:252, deadline.js; run: it ended calls, their attempts and the wait for a connection',
      arguments: '@grpc/grpc-js@1.14.7 build/src/client.js:103-123 (a unary call without a callback throws)',
      constructors: '@grpc/grpc-js@1.14.7 build/src/make-client.js',
      retry: '@grpc/grpc-js@1.14.7 build/src/retrying-call.js:124-151; run: one call of the server each, and 5 by a service config that asked for 10',
    },
    verified: 'source+test',
  },
];
