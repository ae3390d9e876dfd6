import type { ClientModel, ClientShape } from '../types.js';

const call = { options: { at: [0] } } as const;

const CLIENT: ClientShape = {
  title: 'ClickHouse client',
  operations: {
    // What it gives is a result that is read afterwards: `json()`, `stream()`.
    query: { ...call, effect: 'read' },
    insert: { ...call, effect: 'write' },
    command: { ...call, effect: 'unknown' },
    exec: { ...call, effect: 'unknown', mode: 'stream' },
    ping: { ...call, effect: 'read' },
  },
  perCall: true,
  harmless: ['close'],
  types: ['ClickHouseClient'],
};

const shared = {
  title: '@clickhouse/client',
  kind: 'db',
  packages: ['@clickhouse/client'],
  exports: { createClient: { is: 'factory', makes: 'client', options: { at: [0] }, url: { path: 'url' } } },
  clients: { client: CLIENT },
  signal: { path: 'abort_signal', at: ['call'], source: 'signal' },
  edits: [{ at: 'client', path: 'request_timeout', value: 'ms' }],
  seam: { kind: 'call', tried: false },
  retry: { retries: 0, methods: 'all', backoff: 'none', jitter: false, note: 'nothing is tried again, not even a read', source: 'retry' },
  repeat: {
    again: ['insert'],
    keys: [{ path: 'clickhouse_settings.insert_deduplication_token', at: 'call' }],
    source: 'clickhouse.com/docs/operations/settings/settings#insert_deduplication_token; @clickhouse/client@1.23.1 sends what stands in `clickhouse_settings` and makes no token by itself',
  },
  // Its error has a message alone.
  errors: { timeout: ['Timeout error.'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
  pool: [{ limits: 'size', path: 'max_open_connections', default: 10, source: 'timeout' }],
  mend: 'set `request_timeout` in the client, or pass `abort_signal: AbortSignal.timeout(ms)` with the call',
} as const satisfies Partial<ClientModel>;

const bound = (ms: number) => ({
  path: 'request_timeout', at: ['client'], covers: 'idle', unit: 'ms', default: ms, zero: 'unlimited', urlParameter: 'request_timeout',
  note: 'ends silence on the socket, body included', source: 'timeout',
}) as const;

const SIGNAL = '@clickhouse/client@1.23.1 dist/connection/node_base_connection.js:54,162,214, dist/connection/node_http_connection.js:28';

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'clickhouse',
    versions: '>=1',
    checked: ['1.23.1'],
    bounds: [bound(30_000)],
    unbounded: 'waits up to 30 s for the reply',
    sources: {
      timeout: '@clickhouse/client@1.23.1 dist/common/config.js:93,121,257, dist/connection/socket_pool.js:498,559, dist/connection/node_http_connection.js:27; run: a query and an insert that set no limit end after 30 s, a body that stalls ends too, one that drips passes',
      signal: SIGNAL,
      retry: '@clickhouse/client@1.23.1 dist/connection/node_base_connection.js; run: one attempt on 503 and on a reset',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'clickhouse-0',
    versions: '<1',
    checked: ['0.2.10'],
    bounds: [bound(300_000)],
    unbounded: 'waits up to 300 s for the reply',
    sources: {
      timeout: '@clickhouse/client@0.2.10 with @clickhouse/client-common@0.2.10 dist/client.js:175, dist/connection/node_base_connection.js:205; run: a call that sets no limit ends after 300 s',
      signal: SIGNAL,
      retry: '@clickhouse/client@0.2.10 dist/connection/node_base_connection.js (only a socket that is known to have expired is asked for again, where `retry_on_expired_socket` is set); run: one attempt on 503 and on a reset',
    },
    verified: 'source+test',
  },
];
