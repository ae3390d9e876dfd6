import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const SESSION = JSON.stringify({ success: true, data: { token: 't', masterToken: 'm', sessionId: 1, parameters: [], sessionInfo: {} } });

/** Logs everybody in, and fails at statements. */
const warehouse = (fail) => (request, response) => {
  if (request.url.includes('login-request')) response.writeHead(200, { 'content-type': 'application/json' }).end(SESSION);
  else if (request.url.includes('query-request')) fail(request, response);
  else response.end('{"success":true,"data":{}}');
};
const silent = () => undefined;
const unavailable = (request, response) => void response.writeHead(503).end('{}');
const reset = (request) => void request.socket.resetAndDestroy();

async function connectionOf({ load }, server, options = {}) {
  const { default: snowflake } = await load('snowflake-sdk');
  snowflake.configure({ logLevel: 'OFF', disableOCSPChecks: true });
  const connection = snowflake.createConnection({ account: 'shop', username: 'shop', password: 'secret', accessUrl: server.url, ...options });
  await new Promise((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  return (sqlText = 'INSERT INTO t VALUES (1)') => new Promise((resolve, reject) => connection.execute({ sqlText, complete: (error, statement, rows) => (error ? reject(error) : resolve(rows)) }));
}

const statements = (server) => server.requests.filter(({ url }) => url.includes('query-request'));

export default experiments({
  record: 'snowflake-sdk',
  runs: [{ 'snowflake-sdk': '3.3.0' }, { 'snowflake-sdk': '1.15.0' }],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 1000` ends a request for a statement that nothing answers: 3 sends it again, so that the statement is pending after 7 s at its second or third request, 1 fails after two; without it there is one request, and it is pending after 7 s',
      proves: ['snowflake-sdk/timeout/1'],
      async run(lab) {
        const [one, other] = await Promise.all([lab.http(warehouse(silent)), lab.http(warehouse(silent))]);
        const [limited, plain] = await Promise.all([connectionOf(lab, one, { timeout: 1000 }), connectionOf(lab, other)]);
        await Promise.all([lab.major('snowflake-sdk') >= 3 ? lab.hangs(limited, 7000) : lab.fails(limited, { after: 1000, late: 5000, error: 'NetworkError' }), lab.hangs(plain, 7000)]);
        const [first, second] = statements(one);
        assert.ok(second.at - first.at >= 700, String(second.at - first.at));
        assert.equal(statements(other).length, 1);
      },
    },
    {
      name: 'retry',
      says: 'an INSERT is sent again after 503, 3 times at least within 12 s; after a connection that is reset as well, by 3 as often, by 1 once; each request carries the same `requestId`',
      proves: ['snowflake-sdk/retry'],
      async run(lab) {
        const [down, broken] = await Promise.all([lab.http(warehouse(unavailable)), lab.http(warehouse(reset))]);
        const [one, other] = await Promise.all([connectionOf(lab, down), connectionOf(lab, broken)]);
        const three = lab.major('snowflake-sdk') >= 3;
        await Promise.all([lab.hangs(one, 12_000), three ? lab.hangs(other, 12_000) : lab.fails(other, { after: 0, late: 5000, error: 'NetworkError' })]);
        assert.ok(statements(down).length >= 3, String(statements(down).length));
        assert.ok(three ? statements(broken).length >= 3 : statements(broken).length === 2, String(statements(broken).length));
        for (const server of [down, broken]) assert.equal(new Set(statements(server).map(({ url }) => new URL(url, server.url).searchParams.get('requestId'))).size, 1);
      },
    },
  ],
});
