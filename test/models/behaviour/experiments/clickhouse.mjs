import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { answersJson, dripsJson } from '../lib/slow-json.mjs';

async function clientOf({ load, major }) {
  const { createClient } = await load('@clickhouse/client');
  return (server, options) => createClient({ ...(major('@clickhouse/client') >= 1 ? { url: server.url } : { host: server.url }), ...options });
}

const ask = async (client) => (await client.query({ query: 'SELECT 1', format: 'JSON' })).json();
const write = (client) => client.insert({ table: 't', values: [{ a: 1 }], format: 'JSONEachRow' });

export default experiments({
  record: 'clickhouse',
  runs: [{ '@clickhouse/client': '1.23.1' }, { '@clickhouse/client': '0.2.10' }],
  experiments: [
    {
      name: 'timeout',
      says: '`request_timeout: 300` ends a query, an insert and a command to a server that answers nothing; a body that stalls ends by ECONNRESET, and one that drips for 2.5 s passes `request_timeout: 600`',
      proves: ['clickhouse/timeout/1'],
      async run(lab) {
        const { http, fails, gives } = lab;
        const client = await clientOf(lab);
        const [silent, stalled, drip] = [await http('silent'), await http('headers'), await http(dripsJson({ data: [] }))];
        const ended = { after: 300, error: /Timeout error/ };
        await Promise.all([
          fails(() => ask(client(silent, { request_timeout: 300 })), ended),
          fails(() => write(client(silent, { request_timeout: 300 })), ended),
          fails(() => client(silent, { request_timeout: 300 }).command({ query: 'OPTIMIZE TABLE t' }), ended),
          fails(() => ask(client(stalled, { request_timeout: 300 })), { after: 300, error: 'ECONNRESET' }),
          gives(() => ask(client(drip, { request_timeout: 600 })), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'default-timeout',
      says: 'a call that sets no limit ends after 30 s from 1 on',
      proves: ['clickhouse/timeout/1'],
      runs: [{ '@clickhouse/client': '1.23.1' }],
      ms: 45_000,
      async run(lab) {
        const { http, fails } = lab;
        const client = await clientOf(lab);
        const silent = await http('silent');
        const ended = { after: 30_000, late: 4000, error: /Timeout error/ };
        await Promise.all([fails(() => ask(client(silent)), ended), fails(() => write(client(silent)), ended)]);
      },
    },
    {
      name: 'default-timeout-0',
      says: 'a call that sets no limit ends after 300 s in 0.2',
      proves: ['clickhouse/timeout/1'],
      runs: [{ '@clickhouse/client': '0.2.10' }],
      ms: 320_000,
      async run(lab) {
        const { http, fails } = lab;
        const client = await clientOf(lab);
        const silent = await http('silent');
        await fails(() => ask(client(silent)), { after: 300_000, late: 6000, error: /Timeout error/ });
      },
    },
    {
      name: 'one-attempt',
      says: 'a query and an insert are each sent once on 503 and on a connection that is reset',
      proves: ['clickhouse/retry'],
      async run(lab) {
        const { http, fails, sleep } = lab;
        const client = await clientOf(lab);
        for (const behaviour of ['unavailable', 'reset']) {
          const server = await http(behaviour);
          await fails(() => ask(client(server)), { after: 0 });
          await fails(() => write(client(server)), { after: 0 });
          await sleep(500);
          assert.equal(server.requests.length, 2, behaviour);
        }
      },
    },
    {
      name: 'no-rows',
      says: '`json()` of a format in lines is `[]` where no row matches',
      empty: 'query',
      async run(lab) {
        const { http, gives } = lab;
        const client = await clientOf(lab);
        const server = await http((request, response) => response.writeHead(200).end(''));
        assert.deepEqual(await gives(async () => (await client(server).query({ query: 'SELECT 1', format: 'JSONEachRow' })).json()), []);
        const whole = await http(answersJson({ data: [], rows: 0 }));
        assert.deepEqual((await gives(() => ask(client(whole)))).data, []);
      },
    },
  ],
});
