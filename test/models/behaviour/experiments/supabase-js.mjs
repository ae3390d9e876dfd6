import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { answersJson } from '../lib/slow-json.mjs';

const NEW = { '@supabase/supabase-js': '2.119.1' };
const OLD = { '@supabase/supabase-js': '2.39.8' };

async function clientOf({ load }) {
  const { createClient } = await load('@supabase/supabase-js');
  // Its second half keeps a socket and timers of its own, which nothing here needs; Node 20 has no WebSocket for it.
  const options = { auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false }, realtime: { transport: class {} } };
  return (server, more) => createClient(server.url, 'key', { ...options, ...more });
}

const read = async (client) => await client.from('t').select('*');
const write = async (client) => await client.from('t').insert({ a: 1 });
/** It tells of a failure, and throws none: here it does, so that `fails` sees it. */
const thrown = async (answer) => {
  const { error } = await answer;
  if (error) throw Object.assign(new Error(error.message), { name: 'SupabaseError' });
};

export default experiments({
  record: 'supabase-js',
  runs: [NEW, OLD],
  experiments: [
    {
      name: 'timeout',
      says: '`db.timeout: 300` gives an `error` after 300 ms on a server that answers nothing; without it, and in 2.39, which has no such option, the call is pending after 3 s; a body that stalls is pending after 3 s',
      proves: ['supabase-js/timeout/1'],
      async run(lab) {
        const { http, fails, hangs, versions } = lab;
        const client = await clientOf(lab);
        const [silent, stalled] = [await http('silent'), await http('headers')];
        const limited = { db: { timeout: 300 } };
        const isOld = versions['@supabase/supabase-js'] === OLD['@supabase/supabase-js'];
        await Promise.all([
          isOld ? hangs(() => write(client(silent, limited)), 3000) : fails(() => thrown(write(client(silent, limited))), { after: 300, error: /abort/i }),
          isOld ? hangs(() => read(client(silent, limited)), 3000) : fails(() => thrown(read(client(silent, limited))), { after: 300, error: /abort/i }),
          hangs(() => read(client(silent)), 3000),
          hangs(() => write(client(stalled, limited)), 3000),
          fails(() => thrown(client(silent).from('t').select('*').abortSignal(AbortSignal.timeout(300))), { after: 300 }),
        ]);
      },
    },
    {
      name: 'attempts',
      says: 'a select is sent 4 times on 503, 520 and a reset, after 1, 2 and 4 s, and once on 500 and with `.retry(false)`; an insert once; in 2.39 everything once',
      proves: ['supabase-js/retry'],
      ms: 40_000,
      async run(lab) {
        const { http, gives, versions } = lab;
        const client = await clientOf(lab);
        const isOld = versions['@supabase/supabase-js'] === OLD['@supabase/supabase-js'];
        await Promise.all(
          [[503, 4], [520, 4], ['reset', 4], [500, 1]].map(async ([status, attempts]) => {
            const behaviour = status === 'reset' ? 'reset' : answersJson({ message: 'm' }, { status });
            const [reads, writes] = [await http(behaviour), await http(behaviour)];
            const answer = await gives(() => read(client(reads)), { before: 20_000 });
            assert.ok(answer.error, `${status}: no error`);
            assert.equal(answer.data, null);
            assert.equal(reads.requests.length, isOld ? 1 : attempts, `select ${status}`);
            if (!isOld && attempts === 4) assert.ok(reads.gaps[0] >= 970 && reads.gaps[1] >= 1970 && reads.gaps[2] >= 3970, reads.gaps.join());
            assert.ok((await gives(() => write(client(writes)), { before: 20_000 })).error);
            assert.equal(writes.requests.length, 1, `insert ${status}`);
          }),
        );
        if (isOld) return;
        const server = await http('unavailable');
        await gives(async () => await client(server).from('t').select('*').retry(false));
        assert.equal(server.requests.length, 1);
      },
    },
    {
      name: 'nothing-sent',
      says: 'a builder that is not awaited sends nothing',
      empty: 'a builder',
      async run(lab) {
        const { http, sleep } = lab;
        const client = await clientOf(lab);
        const server = await http(answersJson([]));
        client(server).from('t').insert({ a: 1 });
        await sleep(500);
        assert.equal(server.requests.length, 0);
      },
    },
    {
      name: 'no-row',
      says: '`data` is null and `error` too',
      empty: 'maybeSingle',
      async run(lab) {
        const { http, gives } = lab;
        const client = await clientOf(lab);
        const server = await http(answersJson([]));
        const answer = await gives(async () => await client(server).from('t').select('*').maybeSingle());
        assert.deepEqual([answer.data, answer.error], [null, null]);
        assert.deepEqual((await gives(() => read(client(server)))).data, []);
      },
    },
  ],
});
