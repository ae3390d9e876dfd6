import type { ClientModel, ClientShape, OperationModel } from '../types.js';

/** Statements are Cypher, whose text is not read. The work of a transaction is bounded with it. */
const statement = { options: { at: [2] }, effect: 'unknown' } as const satisfies OperationModel;
const work = { options: { at: [1] }, effect: 'unknown' } as const satisfies OperationModel;

const CLIENTS: Readonly<Record<string, ClientShape>> = {
  driver: {
    title: 'Neo4j driver',
    operations: {
      executeQuery: statement,
      verifyConnectivity: { effect: 'none', waits: ['connect'] },
      verifyAuthentication: { effect: 'none', waits: ['connect'] },
      getServerInfo: { effect: 'none', waits: ['connect'] },
    },
    members: { session: { is: 'chain', client: 'session' } },
    perCall: true,
    harmless: ['close', 'rxSession', 'isEncrypted', '_getTrust'],
    types: ['Driver'],
  },
  session: {
    title: 'Neo4j session',
    operations: {
      run: statement,
      executeRead: work, executeWrite: work, readTransaction: work, writeTransaction: work,
      // It is bounded by its own limit, with all that is run in it.
      beginTransaction: { options: { at: [0] }, effect: 'unknown' },
    },
    perCall: true,
    harmless: ['close', 'lastBookmark', 'lastBookmarks'],
    types: ['Session'],
  },
};

const SERVER = 'is kept by the server; one that is silent is waited for all the same';

export const models: readonly ClientModel[] = [
  {
    id: 'neo4j-driver',
    title: 'neo4j-driver',
    kind: 'db',
    packages: ['neo4j-driver'],
    versions: '>=4',
    checked: ['6.3.0', '5.28.3', '4.4.11'],
    exports: {
      driver: { is: 'factory', makes: 'driver', options: { at: [2] } },
      'default.driver': { is: 'factory', makes: 'driver', options: { at: [2] } },
    },
    clients: CLIENTS,
    bounds: [
      { path: 'timeout', at: ['call'], clients: ['session'], covers: 'server', unit: 'ms', default: null, zero: 'unlimited', note: SERVER, source: 'transaction' },
      { path: 'transactionConfig.timeout', at: ['call'], clients: ['driver'], covers: 'server', unit: 'ms', default: null, zero: 'unlimited', versions: '>=5.28.0', note: SERVER, source: 'transaction' },
      { path: 'connectionAcquisitionTimeout', at: ['client'], covers: 'queue', unit: 'ms', default: 60_000, note: 'bounds the wait for a connection of the pool', source: 'pool' },
      { path: 'connectionTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 30_000, zero: 'unlimited', note: 'bounds connecting, not the handshake', source: 'connect' },
    ],
    edits: [{ at: 'call', path: 'timeout', value: 'ms', clients: ['session'] }, { at: 'call', path: 'transactionConfig.timeout', value: 'ms', clients: ['driver'], versions: '>=5.28.0' }],
    seam: { kind: 'call', tried: false },
    retry: {
      retries: 5, methods: ['executeRead', 'executeWrite', 'executeQuery', 'readTransaction', 'writeTransaction'], backoff: 'exponential', jitter: true,
      waits: { first: { byDefault: 1000 }, factor: { byDefault: 2 } },
      note: 'the work is called again for up to `maxTransactionRetryTime`, 30 s unless set, after transient errors and lost connections', source: 'retry',
    },
    errors: { timeout: ['Neo.ClientError.Transaction.TransactionTimedOut', 'ServiceUnavailable', 'SessionExpired'] },
    pool: [
      { limits: 'size', path: 'maxConnectionPoolSize', default: 100, clients: ['driver'], source: 'pool' },
      { limits: 'wait', path: 'connectionAcquisitionTimeout', default: 60_000, clients: ['driver'], source: 'pool' },
    ],
    lends: [{ client: 'driver', call: 'session', lent: 'session', title: 'Neo4j session', returned: [{ by: 'method', name: 'close' }], atOnce: true, endedBy: ['close'], source: 'session' }],
    unbounded: 'waits for as long as the server works, and for ever where the server announced no keep-alive, as neo4j-driver sets no limit to a statement',
    mend: 'pass `transactionConfig: { timeout: ms }` to `executeQuery`, or `{ timeout: ms }` to the call of a session, for the server to keep, and race the call against a timer for a server that is gone',
    sources: {
      transaction: 'neo4j-driver-core@6.3.0 lib/internal/tx-config.js:59-104, types/driver.d.ts:128; neo4j-driver-core@4.4.11 lib/internal/tx-config.js:47-91 (0 throws there); run with 6.3.0 and 4.4.11: sent as tx_timeout, a silent server is waited for',
      connect: 'neo4j-driver-core@6.3.0 lib/driver.js:914-925, neo4j-driver-bolt-connection@6.3.0 lib/channel/node/node-channel.js:258-275, lib/connection/connection-channel.js:343-349 (the keep-alive that a server announces); run with 6.3.0 and 4.4.11',
      pool: 'neo4j-driver-core@6.3.0 lib/internal/pool/pool-config.js:20-39; run with 6.3.0 and 4.4.11',
      retry: 'neo4j-driver-core@6.3.0 lib/internal/transaction-executor.js:95-170; run with 6.3.0 and 4.4.11: work called 3 times in 2 s',
      session: 'neo4j-driver-core@6.3.0 lib/session.js:506 (close)',
    },
    verified: 'source+test',
  },
];
