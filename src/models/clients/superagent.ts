import type { ChainedBound, ClientModel, OperationModel } from '../types.js';

// Nothing is sent until `.end()` or `.then()`; limits are set by chaining. Of these, `upload` counts in browsers only.
const chained: readonly ChainedBound[] = [
  { method: 'timeout', path: '', covers: 'total' },
  { method: 'timeout', path: 'deadline', covers: 'total' },
  { method: 'timeout', path: 'response', covers: 'headers' },
];
const read = { url: { at: [0] }, lazy: 'then', chained, effect: 'read' } as const satisfies OperationModel;
const write = { ...read, effect: 'write' } as const;

const operations = {
  '': { url: { at: [1, 0] }, lazy: 'then', chained, effect: 'by-http-method' },
  get: read,
  head: read,
  options: read,
  post: write,
  put: write,
  patch: write,
  del: write,
  delete: write,
} as const satisfies Record<string, OperationModel>;

const OF_AGENT = Object.fromEntries(Object.entries(operations).filter(([name]) => name !== ''));

export const models: readonly ClientModel[] = [
  {
    id: 'superagent',
    title: 'superagent',
    kind: 'http',
    packages: ['superagent'],
    checked: ['5.3.1', '8.1.2', '10.4.2'],
    exports: { default: { is: 'client', client: 'request' }, agent: { is: 'factory', makes: 'agent' }, 'default.agent': { is: 'factory', makes: 'agent' } },
    clients: {
      request: { title: 'superagent', operations, members: { agent: { is: 'factory', makes: 'agent' } }, perCall: true, types: ['SuperAgentStatic'] },
      // `.timeout()` of an agent is a default for all its requests, and is chained on the agent.
      agent: { title: 'superagent agent', operations: OF_AGENT, perCall: true, types: ['SuperAgent'] },
    },
    bounds: [
      {
        path: '.timeout().deadline', at: ['call', 'client'], covers: 'total', unit: 'ms', default: null, zero: 'unlimited', off: [false], shorthand: true,
        note: 'bounds the whole request; `.timeout(ms)` means the same', source: 'timeout',
      },
      {
        path: '.timeout().response', at: ['call', 'client'], covers: 'headers', unit: 'ms', default: null, zero: 'unlimited', off: [false],
        note: 'ends with the first byte of the reply', source: 'timeout',
      },
      {
        path: '.timeout().upload', at: ['call', 'client'], covers: 'idle', unit: 'ms', default: null, zero: 'unlimited', off: [false], rejects: false,
        note: 'bounds nothing in Node, as only the build for browsers reads it', source: 'upload',
      },
    ],
    edits: [
      { at: 'call', path: '', value: 'ms', chain: 'timeout' },
      { at: 'client', path: '', value: 'ms', chain: 'timeout', clients: ['agent'] },
    ],
    seam: { kind: 'none', note: 'a request is a chain of its own; wrap the call', tried: false },
    retry: {
      retries: 0, option: '.retry()', methods: 'all', backoff: 'none', jitter: false, retriesTimeouts: true,
      note: 'only with `.retry(n)`, then at once and for every method, POST too', source: 'retry',
    },
    errors: { timeout: ['ECONNABORTED'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'], optional: [{ path: 'response', when: 'no reply came (connection refused, DNS, timeout)' }] },
    unbounded: 'waits for ever on a silent server, as superagent has no timeout by default',
    mend: 'chain `.timeout({ response: ms, deadline: ms })`',
    sources: {
      timeout: 'superagent@10.4.2 lib/request-base.js:95-135,734-765; run: `.timeout(ms)` bounds the total',
      upload: 'superagent@10.4.2 lib/client.js:697-704 (only there); run with 5, 8 and 10: an upload that nobody reads is pending after 3 s',
      retry: 'superagent@10.4.2 lib/request-base.js:137-225; run: a POST was sent 3 times with retry(2)',
      agent: 'superagent@10.4.2 lib/agent-base.js',
    },
    verified: 'source+test',
  },
];
