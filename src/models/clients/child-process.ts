import type { ClientModel } from '../types.js';

export const models: readonly ClientModel[] = [
  {
    id: 'child-process',
    title: 'node:child_process',
    kind: 'exec',
    packages: ['node:child_process', 'child_process'],
    checked: ['node@20.20.2'],
    exports: {
      // Without a callback the child is what is wanted, and may run as long as it likes; promisified, its end is waited for.
      exec: { is: 'operation', options: { at: [1] }, effect: 'unknown', streamWithoutCallback: true },
      execFile: { is: 'operation', options: { at: [2, 1] }, effect: 'unknown', streamWithoutCallback: true },
      // What is spawned is meant to run: it is a stream. The sync forms are not asked either: whoever calls one in a script waits with it.
      spawn: { is: 'operation', options: { at: [2, 1] }, effect: 'unknown', mode: 'stream' },
      fork: { is: 'operation', options: { at: [2, 1] }, effect: 'unknown', mode: 'stream' },
    },
    clients: {},
    bounds: [
      {
        path: 'timeout', at: ['call'], covers: 'total', unit: 'ms', default: null, zero: 'unlimited',
        note: 'sends SIGTERM to the child alone: one that ignores it keeps the call pending, and children of its own live on', source: 'timeout',
      },
    ],
    signal: { path: 'signal', at: ['call'], source: 'timeout' },
    edits: [{ at: 'call', path: 'timeout', value: 'ms' }],
    seam: { kind: 'call', tried: false },
    errors: { timeout: ['SIGTERM'], nothingSent: ['ENOENT', 'EACCES'] },
    unbounded: 'waits for ever, as Node sets no limit of its own',
    mend: "pass `timeout: ms`, with `killSignal: 'SIGKILL'` for a child that may ignore SIGTERM",
    sources: { timeout: 'node 20.20.2 lib/child_process.js (exec, execFile, spawn); run: the child was killed, and one that ignored SIGTERM was not' },
    verified: 'source+test',
  },
];
