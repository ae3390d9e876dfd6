import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

function clientOf(lab, url, { before = [], ...options } = {}) {
  const { ApolloClient, InMemoryCache, HttpLink, ApolloLink } = lab.require('@apollo/client/core');
  return new ApolloClient({ cache: new InMemoryCache(), link: ApolloLink.from([...before, new HttpLink({ uri: url })]), ...options });
}

const documents = ({ require }) => {
  const { parse } = require('graphql');
  return { query: parse('query Get($n: Int) { user(n: $n) { name } }'), mutation: parse('mutation Make { make { name } }') };
};

const aborting = (ms) => ({ fetchOptions: { signal: AbortSignal.timeout(ms) } });

export default experiments({
  record: 'apollo-client',
  runs: [
    { '@apollo/client': '4.3.8', graphql: '16.11.0', rxjs: '7.8.2' },
    { '@apollo/client': '3.14.1', graphql: '16.11.0' },
  ],
  experiments: [
    {
      name: 'no-timeout',
      says: 'a query and a mutation to a server that answers nothing are pending after 4 s, with `timeout: 300` in the client, the link and the call too; `context.fetchOptions.signal` of `AbortSignal.timeout(300)` ends both, and a body that stalls',
      proves: ['apollo-client/timeout/1'],
      async run(lab) {
        const { http, fails, hangs } = lab;
        const { query, mutation } = documents(lab);
        const silent = await http('silent');
        const stalls = await http('headers');
        const client = clientOf(lab, silent.url);
        const limited = clientOf(lab, silent.url, { timeout: 300 });
        const stalled = clientOf(lab, stalls.url);
        await Promise.all([
          hangs(() => client.query({ query, variables: { n: 1 } }), 4000),
          hangs(() => client.mutate({ mutation }), 4000),
          hangs(() => limited.query({ query, timeout: 300, context: { timeout: 300, fetchOptions: { timeout: 300 } } }), 4000),
          hangs(() => stalled.query({ query, variables: { n: 1 } }), 4000),
          fails(() => client.query({ query, variables: { n: 2 }, context: aborting(300) }), { after: 270 }),
          fails(() => client.mutate({ mutation, context: aborting(300) }), { after: 270 }),
          fails(() => stalled.query({ query, variables: { n: 2 }, context: aborting(300) }), { after: 270 }),
        ]);
      },
    },
    {
      name: 'attempts',
      says: 'without a `RetryLink` a reset and an answer 503 are each asked for once, by query and mutation; with one 5 times, mutations too, with gaps of at most 600, 1200, 2400 and 4800 ms, which is 300 ms and doubling on average; no two runs had the same',
      proves: ['apollo-client/retry'],
      ms: 40_000,
      async run(lab) {
        const { http, fails, sleep } = lab;
        const { query, mutation } = documents(lab);
        const { RetryLink } = lab.require('@apollo/client/link/retry');
        for (const behaviour of ['reset', 'unavailable']) {
          const server = await http(behaviour);
          const client = clientOf(lab, server.url);
          await fails(() => client.query({ query }), { after: 0 });
          await fails(() => client.mutate({ mutation }), { after: 0 });
          await sleep(500);
          assert.equal(server.requests.length, 2);
        }
        const runs = await Promise.all(
          ['reset', 'unavailable', 'unavailable'].map(async (behaviour, index) => {
            const server = await http(behaviour);
            const client = clientOf(lab, server.url, { before: [new RetryLink()] });
            await fails(() => (index === 2 ? client.query({ query }) : client.mutate({ mutation })), { after: 0, late: 12_000 });
            assert.equal(server.requests.length, 5);
            return server.gaps;
          }),
        );
        for (const gaps of runs) gaps.forEach((gap, index) => assert.ok(gap <= 600 * 2 ** index + 700, `gaps of ${gaps} ms`));
        assert.equal(new Set(runs.map(String)).size, 3);
        // Together they are longer than a wait that does not grow would be.
        const longest = Math.max(...runs.map((gaps) => gaps[3]));
        assert.ok(longest > 300, `gaps of ${runs.join(' and ')} ms`);
      },
    },
  ],
});
