import type { ClientModel, ClientShape, ConstructModel, EmptyResult } from '../types.js';

const noRow = { path: 'rows[0]', value: 'undefined', sql: { at: [0] } } as const satisfies EmptyResult;
const made = { options: { at: [0] } } as const satisfies Partial<ConstructModel>;

const CLIENTS: Readonly<Record<string, ClientShape>> = {
  pool: {
    title: 'Oracle pool',
    operations: { getConnection: { effect: 'none', waits: ['queue', 'connect'] } },
    members: { getConnection: { is: 'factory', makes: 'connection' } },
    perCall: true,
    harmless: ['close', 'terminate', 'getStatistics', 'logStatistics', 'setAccessToken'],
    types: ['Pool'],
  },
  connection: {
    title: 'Oracle connection',
    operations: {
      execute: { effect: 'by-sql', empty: noRow },
      executeMany: { effect: 'by-sql' },
      queryStream: { effect: 'by-sql', mode: 'stream' },
      commit: { effect: 'write' }, rollback: { effect: 'write' }, ping: { effect: 'none' },
    },
    perCall: true,
    harmless: ['close', 'release', 'break', 'getDbObjectClass', 'getSodaDatabase', 'createLob', 'on'],
    types: ['Connection'],
  },
};

export const models: readonly ClientModel[] = [
  {
    id: 'oracledb',
    title: 'oracledb',
    kind: 'db',
    packages: ['oracledb'],
    versions: '>=6',
    checked: ['26.0.0', '6.10.0'],
    exports: {
      createPool: { is: 'factory', makes: 'pool', ...made }, 'default.createPool': { is: 'factory', makes: 'pool', ...made },
      getConnection: { is: 'factory', makes: 'connection', ...made }, 'default.getConnection': { is: 'factory', makes: 'connection', ...made },
    },
    clients: CLIENTS,
    bounds: [
      { path: 'callTimeout', at: ['client'], clients: ['connection'], covers: 'attempt', unit: 'ms', default: null, zero: 'unlimited', note: 'is a property that is set on a connection, and bounds each round trip', source: 'call' },
      { path: 'connectTimeout', at: ['client'], covers: 'connect', unit: 's', default: null, zero: 'unlimited', note: 'bounds connecting, the handshake included', source: 'connect' },
      { path: 'transportConnectTimeout', at: ['client'], covers: 'connect', unit: 's', default: 20, zero: 'unlimited', note: 'bounds the TCP connection, not the handshake', source: 'connect' },
      { path: 'queueTimeout', at: ['client'], clients: ['pool'], covers: 'queue', unit: 'ms', default: 60_000, zero: 'unlimited', note: 'bounds the wait for a connection of the pool', source: 'pool' },
    ],
    edits: [],
    // The limit is set on a connection by whoever has it; nothing is known of a call on which nobody did it in sight.
    driver: { known: [] },
    seam: { kind: 'call', tried: false },
    errors: { timeout: ['NJS-123', 'NJS-040', 'NJS-510', 'DPI-1067'], nothingSent: ['NJS-040', 'NJS-503', 'NJS-510'] },
    pool: [
      { limits: 'size', path: 'poolMax', default: 4, clients: ['pool'], source: 'pool' },
      { limits: 'wait', path: 'queueTimeout', default: 60_000, zero: 'unlimited', clients: ['pool'], source: 'pool' },
    ],
    lends: [
      { client: 'pool', call: 'getConnection', lent: 'connection', title: 'Oracle connection', returned: [{ by: 'method', name: 'close' }, { by: 'method', name: 'release' }], endedBy: ['close', 'terminate'], source: 'release' },
    ],
    unbounded: 'waits for ever on a silent server, as oracledb sets no limit to a round trip',
    mend: 'set `connection.callTimeout`, in ms',
    sources: {
      connect: 'oracledb@26.0.0 lib/thin/sqlnet/sessionAtts.js:103-107,190, networkSession.js:215,336; run with 26.0.0 and 6.10.0',
      pool: 'oracledb@26.0.0 lib/settings.js:52-60, lib/pool.js:377; run with 26.0.0 and 6.10.0',
      call: 'oracledb@26.0.0 lib/thin/protocol/protocol.js:56,238-293 and oracledb@6.10.0 :56,144-198 (callTimeout, 0 by default)',
      release: 'oracledb@26.0.0 lib/connection.js (close; release is the same)',
    },
    verified: 'source+test',
  },
];
