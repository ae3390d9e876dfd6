import { AXIOS_BOUNDS, AXIOS_BOUND_WORDS, AXIOS_EDITS, AXIOS_INSTANCE, AXIOS_OPERATIONS } from './axios.js';
import type { ClientModel, OperationModel } from '../types.js';

/** The same calls, as cold observables: nothing is sent until someone subscribes, and again at each subscription. */
const lazy = <T extends OperationModel>(operation: T) => ({ ...operation, lazy: 'subscribe' }) as const;

export const models: readonly ClientModel[] = [
  {
    id: 'nestjs-axios',
    title: '@nestjs/axios',
    kind: 'http',
    packages: ['@nestjs/axios'],
    checked: ['12.0.1', '3.1.3'],
    exports: { HttpService: { is: 'class', makes: 'HttpService', from: { at: [0] } } },
    clients: {
      HttpService: {
        title: 'Nest HttpService',
        operations: {
          request: lazy(AXIOS_OPERATIONS.request),
          get: lazy(AXIOS_OPERATIONS.get),
          head: lazy(AXIOS_OPERATIONS.head),
          delete: lazy(AXIOS_OPERATIONS.delete),
          post: lazy(AXIOS_OPERATIONS.post),
          put: lazy(AXIOS_OPERATIONS.put),
          patch: lazy(AXIOS_OPERATIONS.patch),
          postForm: lazy(AXIOS_OPERATIONS.postForm),
          putForm: lazy(AXIOS_OPERATIONS.putForm),
          patchForm: lazy(AXIOS_OPERATIONS.patchForm),
          query: lazy(AXIOS_OPERATIONS.query),
        },
        members: { axiosRef: { is: 'client', client: 'instance' } },
        perCall: true,
        types: ['HttpService'],
        registrations: [
          { call: 'HttpModule.register', options: { at: [0] } },
          { call: 'HttpModule.registerAsync', options: { at: [0] }, opaque: true },
        ],
      },
      // Types of axios are exported by axios, not by this package.
      instance: { ...AXIOS_INSTANCE, types: [] },
    },
    bounds: AXIOS_BOUNDS,
    edits: AXIOS_EDITS,
    signal: { path: 'signal', at: ['call', 'client'], source: 'signal' },
    mutators: [
      { text: 'axiosRef.defaults.timeout', by: 'assign', path: 'axiosRef.defaults.timeout', onClient: 'HttpService', sets: 'timeout' },
      { text: 'axiosRef.defaults.adapter', by: 'assign', path: 'axiosRef.defaults.adapter', onClient: 'HttpService', sets: 'adapter' },
      {
        text: 'axiosRef.interceptors.request.use', by: 'call', path: 'axiosRef.interceptors.request.use', onClient: 'HttpService',
        options: { at: [0] }, opaqueUnless: AXIOS_BOUND_WORDS,
      },
    ],
    seam: {
      kind: 'adapter', client: 'nest', path: 'axiosRef.defaults.adapter', note: 'the options of a registration go to axios as they are', tried: true, outcomes: 'http',
      write: { section: 'axiosAdapter', form: 'option', path: 'adapter', service: { is: 'option', path: 'baseURL' }, own: { retries: { paths: [], told: 'once' } } },
      of: { package: 'axios', versions: '>=1.5' },
    },
    errors: { timeout: ['ECONNABORTED', 'ETIMEDOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'], optional: [{ path: 'response', when: 'no reply came (connection refused, DNS, timeout)' }] },
    unbounded: 'waits for ever on a silent server, as HttpService is axios, which has no timeout by default',
    mend: 'set `timeout` in `HttpModule.register` or in the call',
    sources: {
      timeout: '@nestjs/axios@12.0.1 dist/http.module.js (register passes its argument to Axios.create), axios@1.21.1 lib/defaults/index.js:149; run with 3 and 12: as axios, drip included',
      signal: '@nestjs/axios@12.0.1 dist/http.service.js (the config goes to axios as it is)',
    },
    verified: 'source+test',
  },
];
