import assert from 'node:assert/strict';
import { promisify } from 'node:util';
import { experiments } from '../lib/experiment.mjs';

/** A program that lives for so many seconds, and one that does not listen to SIGTERM. */
const sleeps = (seconds) => ['/bin/sh', ['-c', `exec sleep ${seconds}`]];
const deaf = (seconds) => ['/bin/sh', ['-c', `trap '' TERM; sleep ${seconds}; true`]];

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

export default experiments({
  record: 'child_process',
  runs: [{}],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 1000` ends `exec`, `execFile` and `spawn` of a child that sleeps, by SIGTERM; `execFile` of a child that ignores SIGTERM waits for its end all the same and gives its output without an error, and with `killSignal: SIGKILL` it ends in time; without `timeout`, and with 0, the call is pending after 3 s',
      proves: ['child_process/timeout/1'],
      async run({ fails, hangs, gives }) {
        const { exec, execFile, spawn } = await import('node:child_process');
        const run = promisify(execFile);
        const spawned = () => new Promise((resolve) => spawn(...sleeps(8), { timeout: 1000 }).once('exit', (code, signal) => resolve(signal)));
        const [late] = await Promise.all([
          fails(() => promisify(exec)('exec sleep 8', { timeout: 1000 }), { after: 1000 }),
          fails(() => run(...sleeps(8), { timeout: 1000 }), { after: 1000 }),
          gives(spawned, { after: 1000, before: 3000 }).then((signal) => assert.equal(signal, 'SIGTERM')),
          // It has ended by itself, after its 4 s.
          gives(() => run(...deaf(4), { timeout: 1000 }), { after: 3900 }),
          fails(() => run(...deaf(8), { timeout: 1000, killSignal: 'SIGKILL' }), { after: 1000 }),
          hangs(() => run(...sleeps(8)), 3000),
          hangs(() => run(...sleeps(8), { timeout: 0 }), 3000),
        ]);
        assert.equal(late.error.killed, true);
        assert.equal(late.error.signal, 'SIGTERM');
        assert.equal(late.error.code, null);
      },
    },
    {
      name: 'sync-and-grandchildren',
      says: '`spawnSync` with `timeout: 1000` of a child that ignores SIGTERM came back after the 3 s of the child; `exec` with `timeout: 1000` ends its shell and the call, and the child of the shell lives on',
      proves: ['child_process/timeout/1'],
      async run({ fails, sleep }) {
        const { exec, spawnSync } = await import('node:child_process');
        const began = performance.now();
        const { error } = spawnSync(...deaf(3), { timeout: 1000 });
        assert.ok(performance.now() - began >= 2900, 'it waited for the child');
        assert.equal(error.code, 'ETIMEDOUT');
        let told = '';
        const waiting = () =>
          new Promise((resolve, reject) => {
            const child = exec('sleep 6 & echo $!; wait', { timeout: 1000 }, (failed) => (failed === null ? resolve() : reject(failed)));
            child.stdout.on('data', (text) => (told += text));
          });
        const { error: late } = await fails(waiting, { after: 1000 });
        assert.equal(late.killed, true);
        await sleep(500);
        assert.ok(Number(told) > 0 && isAlive(Number(told)), 'the grandchild lives');
      },
    },
  ],
});
