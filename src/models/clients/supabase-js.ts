import type { BoundModel, ClientModel, ClientShape, EmptyResult, OperationModel, RetryModel, ShapeMember } from '../types.js';

// Nothing is sent until the builder is awaited, and nothing is thrown: the answer is `{ data, error }`.
const chained = [{ method: 'abortSignal', path: '', covers: 'total' }] as const;
const noneOfMany = { path: 'data[0]', value: 'undefined' } as const satisfies EmptyResult;
const none = { path: 'data', value: 'null' } as const satisfies EmptyResult;

const many: OperationModel = { effect: 'read', lazy: 'then', chained, empty: noneOfMany };
/** `maybeSingle`: no row is no error. */
const maybe: OperationModel = { effect: 'read', lazy: 'then', chained, empty: none };
/** `single`: no row is an error, and `data` is null beside it. */
const single: OperationModel = { effect: 'read', lazy: 'then', chained };
const written: OperationModel = { effect: 'write', lazy: 'then', chained };
const called: OperationModel = { effect: 'unknown', lazy: 'then', chained };

const to = (client: string): ShapeMember => ({ is: 'chain', client });

const builder = (awaited: OperationModel, next: Readonly<Record<string, ShapeMember>>): ClientShape => ({ title: 'Supabase query', operations: {}, members: next, awaited, perCall: false });

const BUILDERS = {
  table: {
    title: 'Supabase table',
    operations: {},
    members: { select: to('many'), insert: to('written'), upsert: to('written'), update: to('written'), delete: to('written') },
    perCall: false,
  },
  many: builder(many, { single: to('single'), maybeSingle: to('maybe'), csv: to('single'), explain: to('single'), geojson: to('single'), '*': to('many') }),
  maybe: builder(maybe, { '*': to('maybe') }),
  single: builder(single, { '*': to('single') }),
  written: builder(written, { '*': to('written') }),
  called: builder(called, { '*': to('called') }),
} as const satisfies Readonly<Record<string, ClientShape>>;

const FROM = { from: to('table'), rpc: to('called'), schema: to('client') };
const supabase: ClientShape = { title: 'Supabase client', operations: {}, members: FROM, perCall: false, types: ['SupabaseClient'] };
const postgrest: ClientShape = { title: 'PostgREST client', operations: {}, members: FROM, perCall: false, types: ['PostgrestClient'] };

const timeout = (path: string): BoundModel => ({
  path, at: ['client'], covers: 'headers', unit: 'ms', default: null, zero: 'unlimited', versions: '>=2.95.0',
  note: 'ends with the head of the reply; `error` tells of it, nothing is thrown', source: 'timeout',
});

const RETRIES: RetryModel = {
  retries: 3, methods: ['GET', 'HEAD', 'OPTIONS'], backoff: 'exponential', jitter: false, retriesTimeouts: false,
  note: 'reads alone are repeated, where the connection breaks and on 503 and 520, after 1, 2 and 4 s; `.retry(false)` ends this', source: 'retry',
};
const ONCE: RetryModel = { retries: 0, methods: 'all', backoff: 'none', jitter: false, note: 'nothing is tried again', source: 'retry' };

const shared = {
  kind: 'sdk',
  repeat: {
    again: ['insert', 'rpc'],
    same: ['upsert', 'update', 'delete'],
    identities: { argument: { at: [0] } },
    source: 'supabase.com/docs/reference/javascript/insert and upsert; @supabase/postgrest-js@2.119.1 dist/index.mjs sends an insert as a POST without a key',
  },
  errors: { timeout: ['AbortError', 'TimeoutError'] },
  unbounded: 'waits as long as fetch does, which in Node is 300 s for the headers, as Supabase sets no timeout',
  unboundedElsewhere: 'waits as long as fetch does, as Supabase sets no timeout',
} as const satisfies Partial<ClientModel>;

const SUPABASE = {
  ...shared,
  packages: ['@supabase/supabase-js'],
  exports: { createClient: { is: 'factory', makes: 'client', options: { at: [2] } }, SupabaseClient: { is: 'class', makes: 'client', options: { at: [2] } } },
  clients: { client: supabase, ...BUILDERS },
  bounds: [timeout('db.timeout')],
  edits: [{ at: 'client', path: 'db.timeout', value: 'ms', versions: '>=2.95.0' }],
  seam: { kind: 'fetch-option', path: 'global.fetch', tried: false },
  mendIn: [{ versions: '<2.95.0', text: 'give the client a `global.fetch` that sets a timeout, or chain `.abortSignal(AbortSignal.timeout(ms))`' }],
  mend: 'set `db: { timeout: ms }` in the client, chain `.abortSignal(AbortSignal.timeout(ms))`, or give a `global.fetch` that sets a timeout',
} as const satisfies Partial<ClientModel>;

const POSTGREST = {
  ...shared,
  packages: ['@supabase/postgrest-js'],
  exports: { PostgrestClient: { is: 'class', makes: 'client', options: { at: [1] } } },
  clients: { client: postgrest, ...BUILDERS },
  bounds: [timeout('timeout')],
  edits: [{ at: 'client', path: 'timeout', value: 'ms', versions: '>=2.95.0' }],
  seam: { kind: 'fetch-option', path: 'fetch', tried: false },
  mendIn: [{ versions: '<2.95.0', text: 'chain `.abortSignal(AbortSignal.timeout(ms))`, or give a `fetch` that sets one' }],
  mend: 'set `timeout` in the client, or chain `.abortSignal(AbortSignal.timeout(ms))`',
} as const satisfies Partial<ClientModel>;

const sources = {
  timeout: '@supabase/postgrest-js@2.119.1 dist/index.mjs:3643-3664, @supabase/supabase-js@2.119.1 dist/index.mjs:726 (there in 2.95.0, not in 2.90.0); run: the call gives an `error` after the limit, a stalled body is pending after it',
  retry: '@supabase/postgrest-js@2.119.1 dist/index.mjs:61-80,179-225 (there in 2.105.0, not in 2.100.0); run: a select is sent 4 times on 503, an insert once',
};
const before = { ...sources, retry: '@supabase/postgrest-js@2.100.0 dist/index.mjs and @supabase/supabase-js@2.39.8 (nothing tries again); run: a select is sent once on 503' };

export const models: readonly ClientModel[] = [
  { ...SUPABASE, id: 'supabase-js', title: '@supabase/supabase-js', versions: '>=2.105', checked: ['2.119.1'], retry: RETRIES, sources, verified: 'source+test' },
  { ...SUPABASE, id: 'supabase-js-2.104', title: '@supabase/supabase-js', versions: '>=2 <2.105', checked: ['2.39.8'], mend: 'chain `.abortSignal(AbortSignal.timeout(ms))`, or set `db: { timeout: ms }` in the client, which has it from 2.95 on', retry: ONCE, sources: before, verified: 'source+test' },
  { ...POSTGREST, id: 'postgrest-js', title: '@supabase/postgrest-js', versions: '>=2.105', checked: ['2.105.0', '2.119.1'], retry: RETRIES, sources, verified: 'source+test' },
  { ...POSTGREST, id: 'postgrest-js-2.104', title: '@supabase/postgrest-js', versions: '<2.105', checked: ['2.80.0', '2.90.0', '2.95.0', '2.100.0'], mend: 'chain `.abortSignal(AbortSignal.timeout(ms))`, or set `timeout` in the client, which has it from 2.95 on', retry: ONCE, sources: before, verified: 'source' },
];
