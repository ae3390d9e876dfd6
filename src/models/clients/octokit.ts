import type { BoundModel, ClientModel, ClientShape, ConstructModel, ExportModel, OperationModel, RetryModel } from '../types.js';

// octokit.rest.repos.get(params), octokit.request('GET /repos/{owner}/{repo}', params), octokit.graphql(query, variables).
const call = (effect: OperationModel['effect']) => ({ options: { at: [0] }, effect }) as const satisfies OperationModel;
const REQUEST = { options: { at: [1, 0] }, effect: 'unknown', noEdit: true } as const satisfies OperationModel;
const CALCULATED = { effect: 'none' } as const satisfies OperationModel;

const endpoints = (below: string): ClientShape['operations'] => ({
  [`${below}*.*`]: call('write'),
  [`${below}*.get`]: call('read'),
  [`${below}*.get*`]: call('read'),
  [`${below}*.list`]: call('read'),
  [`${below}*.list*`]: call('read'),
  [`${below}*.check*`]: call('read'),
  [`${below}*.compare*`]: call('read'),
  [`${below}*.download*`]: call('read'),
  [`${below}search.*`]: call('read'),
  [`${below}markdown.*`]: call('read'),
});

const ALWAYS = {
  request: REQUEST,
  graphql: { options: { at: [1] }, effect: 'unknown' },
  'request.endpoint': CALCULATED,
  'log.*': CALCULATED,
  'hook.*': CALCULATED,
} as const satisfies ClientShape['operations'];
// Pages are asked for one by one.
const PAGES = { paginate: { effect: 'read', mode: 'stream' }, 'paginate.iterator': { effect: 'read', mode: 'stream' } } as const satisfies ClientShape['operations'];

/** The scopes stand below `rest`; in @octokit/rest beside it too. */
const OF_REST: ClientShape['operations'] = { ...endpoints('rest.'), ...endpoints(''), ...ALWAYS, ...PAGES };
const OF_ALL: ClientShape['operations'] = {
  ...endpoints('rest.'), ...ALWAYS, ...PAGES,
  'graphql.paginate': PAGES.paginate, 'graphql.paginate.iterator': PAGES.paginate, 'retry.*': CALCULATED,
};

const clientOf = (operations: ClientShape['operations']): ClientShape => ({ title: 'Octokit client', operations, perCall: true, harmless: ['auth', 'defaults', 'endpoint', 'plugin'], types: ['Octokit'] });

const construct = { makes: 'client', options: { at: [0] } } as const satisfies ConstructModel;
const octokit: ExportModel = { is: 'class', ...construct };
const of = (operations: ClientShape['operations']) => ({ exports: { Octokit: octokit, 'Octokit.defaults': { is: 'factory', ...construct } }, clients: { client: clientOf(operations) } }) as const satisfies Partial<ClientModel>;
const OF_CLIENT = of(OF_REST);
const OF_REQUEST = {
  exports: { request: { is: 'operation', ...REQUEST }, 'request.defaults': { is: 'factory', makes: 'requests', options: { at: [0] } } },
  clients: { requests: { title: 'Octokit request', operations: { '': REQUEST }, perCall: true, harmless: ['endpoint', 'defaults'] } },
} as const satisfies Partial<ClientModel>;

const ONCE: RetryModel = { retries: 0, methods: 'all', backoff: 'none', jitter: false, note: 'nothing is tried again without a plugin', source: 'retry' };
const PLUGIN: RetryModel = {
  retries: 3, option: 'request.retries', at: ['call', 'client'], methods: 'all', backoff: 'exponential', jitter: false, retriesTimeouts: false,
  note: 'its plugin repeats every method, a POST too, after 1, 4 and 9 s, where the connection breaks or the answer is 500 and above', source: 'retry',
};

const shared = {
  kind: 'http',
  signal: { path: 'request.signal', at: ['call'], source: 'signal' },
  seam: { kind: 'fetch-option', path: 'request.fetch', tried: false },
  repeat: {
    again: ['*.create', 'rest.*.create', '*.create*', 'rest.*.create*'],
    same: ['*.update', 'rest.*.update', '*.update*', 'rest.*.update*', '*.delete*', 'rest.*.delete*', '*.remove*', 'rest.*.remove*', '*.set*', 'rest.*.set*', '*.add*', 'rest.*.add*', '*.merge', 'rest.*.merge'],
    source: 'docs.github.com/en/rest: `POST /repos/{owner}/{repo}/issues` takes no key; @octokit/request@10.0.16 sends none',
  },
  errors: { timeout: ['AbortError', 'TimeoutError', 'HttpError'] },
} as const satisfies Partial<ClientModel>;

/** Documented, and read by nobody. */
const IGNORED: BoundModel = {
  path: 'request.timeout', at: ['call', 'client'], covers: 'total', unit: 'ms', default: null, rejects: false,
  note: 'is read by nobody since Octokit asks the fetch of the runtime', source: 'timeout',
};
const OF_NODE_FETCH: BoundModel = {
  path: 'request.timeout', at: ['call', 'client'], covers: 'attempt', unit: 'ms', default: null, zero: 'unlimited',
  note: 'goes to node-fetch, where it starts again for the body', source: 'timeout',
};

const native = {
  ...shared,
  bounds: [IGNORED],
  edits: [{ at: 'call', path: 'request.signal', value: 'signal' }],
  unbounded: 'waits as long as fetch does, which in Node is 300 s for the headers, as Octokit sets no timeout',
  unboundedElsewhere: 'waits as long as fetch does, as Octokit sets no timeout',
  mend: 'pass `request: { signal: AbortSignal.timeout(ms) }` in the call, or give the client a `request.fetch` that sets a timeout',
  sources: {
    timeout: '@octokit/request@10.0.16 dist-bundle/index.js:35-57, @octokit/request@8.4.1 dist-node/index.js:64-80 (of `request` only `fetch`, `redirect` and `signal` are handed on), octokit@5.0.5 README.md:239; run: `request.timeout` hangs, `request.signal` ends, in octokit after the 14 s in which its plugin tries again',
    signal: '@octokit/request@10.0.16 dist-bundle/index.js:57; run',
    retry: '@octokit/plugin-retry@8.1.1 and @octokit/plugin-retry@6.1.0 (state.retries 3, of every status from 400 on but seven), octokit@5.0.5 dist-bundle/index.js; run: 4 requests on 503 with octokit, 1 with @octokit/rest and @octokit/core',
  },
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

const nodeFetch = {
  ...shared,
  bounds: [OF_NODE_FETCH],
  edits: [{ at: 'call', path: 'request.timeout', value: 'ms' }, { at: 'client', path: 'request.timeout', value: 'ms' }],
  unbounded: 'waits for ever on a silent server, as Octokit sets no timeout',
  mend: 'set `request: { timeout: ms }` in the client or the call',
  sources: {
    timeout: '@octokit/request@5.6.3 dist-node/index.js:29-37, @octokit/request@6.2.8 (all of `request` goes to node-fetch); run with @octokit/rest@18.12.0: ends with `request.timeout`',
    signal: '@octokit/request@5.6.3 dist-node/index.js:37',
    retry: '@octokit/rest@18.12.0 has no plugin that tries again; run: 1 request on 503',
  },
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

export const models: readonly ClientModel[] = [
  { ...native, ...of(OF_ALL), id: 'octokit', title: 'octokit', packages: ['octokit'], versions: '>=3', checked: ['3.2.2', '5.0.5'], retry: PLUGIN },
  { ...native, ...OF_CLIENT, id: 'octokit-rest', title: '@octokit/rest', packages: ['@octokit/rest'], versions: '>=20', checked: ['20.1.2', '22.0.1'], retry: ONCE },
  { ...nodeFetch, ...OF_CLIENT, id: 'octokit-rest-19', title: '@octokit/rest', packages: ['@octokit/rest'], versions: '<20', checked: ['18.12.0'], retry: ONCE },
  { ...native, ...OF_CLIENT, id: 'octokit-core', title: '@octokit/core', packages: ['@octokit/core'], versions: '>=5', checked: ['5.2.2', '7.0.8'], retry: ONCE },
  { ...nodeFetch, ...OF_CLIENT, id: 'octokit-core-4', title: '@octokit/core', packages: ['@octokit/core'], versions: '<5', checked: ['3.6.0'], retry: ONCE },
  { ...native, ...OF_REQUEST, id: 'octokit-request', title: '@octokit/request', packages: ['@octokit/request'], versions: '>=7', checked: ['8.0.0', '8.4.1', '10.0.16'], mend: 'pass `request: { signal: AbortSignal.timeout(ms) }` with the parameters of the call', retry: ONCE },
  { ...nodeFetch, ...OF_REQUEST, id: 'octokit-request-6', title: '@octokit/request', packages: ['@octokit/request'], versions: '<7', checked: ['5.6.3', '6.2.8'], mend: 'pass `request: { timeout: ms }` with the parameters of the call', retry: ONCE },
];
