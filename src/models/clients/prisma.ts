import type { ClientModel, ClientShape, EmptyResult, OperationModel } from '../types.js';

const none = { path: '', value: 'null' } as const satisfies EmptyResult;
const noneOfMany = { path: '[0]', value: 'undefined' } as const satisfies EmptyResult;

const call = { options: { at: [0] }, lazy: 'then', noEdit: true } as const;
const read = { ...call, effect: 'read' } as const satisfies OperationModel;
const write = { ...call, effect: 'write' } as const satisfies OperationModel;

const RAW = {
  $queryRaw: { effect: 'by-sql', lazy: 'then', empty: { ...noneOfMany, sql: { at: [0] } } },
  $queryRawUnsafe: { effect: 'by-sql', lazy: 'then', empty: { ...noneOfMany, sql: { at: [0] } } },
  $queryRawTyped: { effect: 'read', lazy: 'then' },
  $executeRaw: { effect: 'by-sql', lazy: 'then' },
  $executeRawUnsafe: { effect: 'by-sql', lazy: 'then' },
  $runCommandRaw: { effect: 'unknown', lazy: 'then' },
} as const satisfies ClientShape['operations'];

const CLIENT: ClientShape = {
  title: 'Prisma client',
  operations: {
    ...RAW,
    $connect: { effect: 'none', waits: ['connect'] },
    $transaction: { options: { at: [1] }, noEdit: true, effect: 'unknown', hands: { argument: 0, client: 'transaction' } },
  },
  // `prisma.user`: one for each model of the schema, whatever it is called.
  members: { $extends: { is: 'chain', client: 'client' }, '*': { is: 'client', client: 'delegate' } },
  perCall: false,
  harmless: ['$disconnect', '$on', '$use', '$metrics'],
  types: ['PrismaClient'],
};

export const models: readonly ClientModel[] = [
  {
    id: 'prisma',
    title: 'Prisma',
    kind: 'db',
    packages: ['@prisma/client'],
    checked: ['@prisma/client 7.10.0', '@prisma/client 6.19.3'],
    exports: { PrismaClient: { is: 'class', makes: 'client', options: { at: [0] } } },
    clients: {
      client: CLIENT,
      transaction: {
        title: 'Prisma transaction',
        operations: RAW,
        members: { '*': { is: 'client', client: 'delegate' } },
        perCall: false,
        types: ['TransactionClient'],
      },
      delegate: {
        title: 'Prisma model',
        operations: {
          findUnique: { ...read, empty: none },
          findFirst: { ...read, empty: none },
          findMany: { ...read, empty: noneOfMany },
          findUniqueOrThrow: read, findFirstOrThrow: read, count: read, aggregate: read, groupBy: read, findRaw: read, aggregateRaw: read,
          create: write, createMany: write, createManyAndReturn: write, upsert: write, updateMany: write, deleteMany: write,
          updateManyAndReturn: { ...write, empty: noneOfMany },
          // These fail (P2025) where nothing matches.
          update: write, delete: write,
        },
        perCall: false,
        types: ['*Delegate'],
      },
    },
    bounds: [
      {
        path: 'transactionOptions.timeout', at: ['client'], covers: 'total', unit: 'ms', default: null,
        note: 'is looked at, 5 s unless set, before each further query of an interactive transaction, and ends no query that is under way', rejects: false, source: 'transaction',
      },
      { path: 'transactionOptions.maxWait', at: ['client'], covers: 'queue', unit: 'ms', default: 2000, note: 'bounds the wait for a connection of a transaction', source: 'transaction' },
    ],
    // What limits a query stands in the connection URL (up to 6) or in the adapter (7).
    driver: { known: [] },
    seam: { kind: 'call', lazy: true, note: 'a client that is extended has no `$on` and is no PrismaClient any more', outcomes: 'prisma', client: 'prisma', on: ['client', 'delegate'], service: 'database', takesSignal: false, policies: 'unsent', tried: true },
    repeat: {
      again: ['create', 'createMany', 'createManyAndReturn'],
      same: ['upsert', 'delete', 'deleteMany'],
      guards: ['skipDuplicates'],
      identities: { argument: { at: [0] }, path: 'data' },
      source: 'prisma.io/docs, "Prisma Client API reference"',
    },
    errors: { timeout: ['P2024', 'P2028'], nothingSent: ['P1001', 'P1002', 'P2024'] },
    unbounded: 'waits for as long as the database takes, as Prisma has no limit for a query',
    mend: 'bound queries in the database, with `statement_timeout` of its role or connection, or race the call against a timer',
    unmendable: true,
    sources: {
      transaction: '@prisma/client@7.10.0 runtime/client.js (maxWait ?? 2e3, timeout ?? 5e3); run with 7.10.0 and 6.19.3 over adapter-pg: a transaction with `timeout: 300` waits for its query of 2 s, and in 6.19.3 the wait for a connection passes `maxWait`',
      pool: '@prisma/client@6.19.3 by prisma.io/docs, "Connection pool": `pool_timeout`, `connect_timeout` and `connection_limit` are read from the URL, from 7 on the adapter decides',
      results: '@prisma/client@7.10.0 by prisma.io/docs, "Prisma Client API reference": findUnique and findFirst give null, update and delete fail with P2025',
    },
    verified: 'source+test',
  },
];
