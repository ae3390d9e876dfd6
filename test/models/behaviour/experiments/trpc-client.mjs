import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

/** What makes a client: it was named otherwise in 10. */
const maker = async ({ load, major }) => (await load('@trpc/client'))[major('@trpc/client') >= 11 ? 'createTRPCClient' : 'createTRPCProxyClient'];

async function clientOf(lab, url, { links = [], ...options } = {}) {
  const { httpLink } = await lab.load('@trpc/client');
  return (await maker(lab))({ links: [...links, httpLink({ url })], ...options });
}

export default experiments({
  record: 'trpc-client',
  runs: [
    { '@trpc/client': '11.25.2', '@trpc/server': '11.25.2' },
    { '@trpc/client': '10.45.4', '@trpc/server': '10.45.4' },
  ],
  experiments: [
    {
      name: 'no-timeout',
      says: 'a query, a mutation and a batched query to a server that answers nothing are pending after 4 s, with `timeout: 300` in the link, the client and the call too; `signal: AbortSignal.timeout(300)` in the call ends each',
      proves: ['trpc-client/timeout/1'],
      async run(lab) {
        const { http, fails, hangs } = lab;
        const { httpBatchLink } = await lab.load('@trpc/client');
        const create = await maker(lab);
        const server = await http('silent');
        const trpc = await clientOf(lab, server.url);
        const limited = await clientOf(lab, server.url, { timeout: 300 });
        const [batched, alone] = [1, 2].map(() => create({ links: [httpBatchLink({ url: server.url, timeout: 300 })] }));
        await Promise.all([
          hangs(() => trpc.user.get.query(1), 4000),
          hangs(() => trpc.user.make.mutate({ a: 1 }), 4000),
          hangs(() => batched.user.get.query(1), 4000),
          hangs(() => limited.user.get.query(1, { timeout: 300 }), 4000),
          fails(() => trpc.user.get.query(1, { signal: AbortSignal.timeout(300) }), { after: 270 }),
          fails(() => trpc.user.make.mutate({ a: 1 }, { signal: AbortSignal.timeout(300) }), { after: 270 }),
          fails(() => alone.user.get.query(2, { signal: AbortSignal.timeout(300) }), { after: 270 }),
        ]);
      },
    },
    {
      name: 'signal-in-a-batch',
      says: 'in a batch with a query that has no signal, a query with `AbortSignal.timeout(300)` is pending after 4 s in 11, and ended by it in 10; with a signal in each, both end in both',
      proves: ['trpc-client/timeout/1'],
      async run(lab) {
        const { httpBatchLink } = await lab.load('@trpc/client');
        const create = await maker(lab);
        const server = await lab.http('silent');
        const clients = [1, 2].map(() => create({ links: [httpBatchLink({ url: server.url })] }));
        const [mixed, both] = clients;
        const late = { signal: AbortSignal.timeout(300) };
        await Promise.all([
          lab.hangs(() => mixed.a.get.query(1), 4000),
          lab.major('@trpc/client') >= 11 ? lab.hangs(() => mixed.b.get.query(1, late), 4000) : lab.fails(() => mixed.b.get.query(1, late), { after: 200 }),
          lab.fails(() => both.a.get.query(1, late), { after: 200 }),
          lab.fails(() => both.b.get.query(1, late), { after: 200 }),
        ]);
        assert.equal(server.requests.length, 2);
      },
    },
    {
      name: 'one-attempt',
      says: 'a connection that is reset and an answer 503 are each asked for once, by query and mutation',
      proves: ['trpc-client/retry'],
      async run(lab) {
        for (const behaviour of ['reset', 'unavailable']) {
          const server = await lab.http(behaviour);
          const trpc = await clientOf(lab, server.url);
          await lab.fails(() => trpc.user.get.query(1), { after: 0 });
          await lab.fails(() => trpc.user.make.mutate({ a: 1 }), { after: 0 });
          await lab.sleep(500);
          assert.deepEqual(server.requests.map(({ method }) => method), ['GET', 'POST']);
        }
      },
    },
    {
      name: 'retry-link',
      says: 'a `retryLink` that wants 3 attempts makes them, a mutation too, less than 200 ms apart, and with `retryDelayMs` of 400 as far apart as that',
      proves: ['trpc-client/retry'],
      runs: [{ '@trpc/client': '11.25.2', '@trpc/server': '11.25.2' }],
      async run(lab) {
        const { retryLink } = await lab.load('@trpc/client');
        const retry = ({ attempts }) => attempts < 3;
        const server = await lab.http('unavailable');
        const slow = await lab.http('unavailable');
        const trpc = await clientOf(lab, server.url, { links: [retryLink({ retry })] });
        const spaced = await clientOf(lab, slow.url, { links: [retryLink({ retry, retryDelayMs: () => 400 })] });
        await lab.fails(() => trpc.user.make.mutate({ a: 1 }), { after: 0 });
        await lab.fails(() => spaced.user.get.query(1), { after: 800 });
        assert.equal(server.requests.length, 3);
        assert.ok(Math.max(...server.gaps) < 200, `${server.gaps} ms apart`);
        assert.equal(slow.requests.length, 3);
        assert.ok(Math.min(...slow.gaps) >= 380, `${slow.gaps} ms apart`);
      },
    },
  ],
});
