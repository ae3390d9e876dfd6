import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

/** A file of a bucket on this server. */
async function fileOf({ load }, server, options = {}) {
  const { Storage } = await load('@google-cloud/storage');
  return new Storage({ apiEndpoint: server.url, projectId: 'shop', ...options }).bucket('photos').file('a.png');
}

const once = { retryOptions: { autoRetry: false } };

export default experiments({
  record: 'google-cloud-storage',
  runs: [{ '@google-cloud/storage': '8.4.0' }, { '@google-cloud/storage': '7.22.0' }],
  experiments: [
    {
      name: 'timeout',
      says: 'in 7 `timeout: 300` ends a call to a server that answers nothing after 300 ms, in 8.4 it is pending after 5 s with it; a download whose body drips for 2.5 s passes one of 600',
      refutes: { 'google-cloud-storage/timeout/1': 'up to 8.0 it bounds one attempt where it is set, but not a download under way; from 8.1 on it goes nowhere on Node' },
      async run(lab) {
        const silent = await lab.http('silent');
        const drip = await lab.http('drip');
        const [limited, download] = await Promise.all([fileOf(lab, silent, { timeout: 300, ...once }), fileOf(lab, drip, { timeout: 600, ...once })]);
        const seven = lab.major('@google-cloud/storage') < 8;
        await Promise.all([
          ...[() => limited.getMetadata(), () => limited.download(), () => limited.save('x', { resumable: false })].map((call) => (seven ? lab.fails(call, { after: 300, late: 4000, error: 'FetchError' }) : lab.hangs(call, 5000))),
          lab.gives(() => download.download({ validation: false }), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'no-default',
      says: 'without `timeout` a call is pending after 65 s',
      refutes: { 'google-cloud-storage/timeout/1': 'nothing unless it is set: the 60 s of the source are overwritten by the option that nobody set' },
      ms: 66_000,
      async run(lab) {
        const silent = await lab.http('silent');
        const file = await fileOf(lab, silent, once);
        await lab.hangs(() => file.getMetadata(), 65_000);
      },
    },
    {
      name: 'total-timeout',
      says: 'with `totalTimeout: 3` a call that is answered 503 is sent 3 times at most, within 3.5 s, and then neither fails nor goes on: it is pending after 9 s',
      refutes: { 'google-cloud-storage/timeout/2': 'it keeps further attempts from being made, and the call then never settles; the time of one attempt is not bounded by it' },
      async run(lab) {
        const down = await lab.http('unavailable');
        const file = await fileOf(lab, down, { retryOptions: { totalTimeout: 3 } });
        await lab.hangs(() => file.getMetadata(), 9000);
        const [first] = down.requests;
        const last = down.requests.at(-1);
        assert.ok(down.requests.length >= 2 && down.requests.length <= 3, String(down.requests.length));
        assert.ok(last.at - first.at < 3600);
      },
    },
    {
      name: 'retry-delay',
      says: 'with `maxRetryDelay: 1` the attempts are 1 s apart, without it about 2, 4 and 8 s',
      proves: ['google-cloud-storage/timeout/3'],
      async run(lab) {
        const [one, other] = await Promise.all([lab.http('unavailable'), lab.http('unavailable')]);
        const [capped, plain] = await Promise.all([fileOf(lab, one, { retryOptions: { maxRetryDelay: 1 } }), fileOf(lab, other)]);
        await Promise.all([lab.fails(() => capped.getMetadata(), { after: 3000, late: 3000 }), lab.fails(() => plain.getMetadata(), { after: 14_000, late: 6000 })]);
        assert.ok(one.gaps.every((gap) => gap >= 970 && gap < 1900), String(one.gaps));
        const [first, second, third] = other.gaps;
        assert.ok(first >= 1950 && second >= 3950 && third >= 7950, String(other.gaps));
      },
    },
    {
      name: 'retry',
      says: 'a read is sent 4 times after 503, and after a connection that is reset; `setMetadata`, `delete` and `save` are sent once, and 4 times where `ifGenerationMatch` or `ifMetagenerationMatch` says of which state',
      proves: ['google-cloud-storage/retry'],
      async run(lab) {
        const retryOptions = { maxRetryDelay: 0.2 };
        const counted = await Promise.all(
          [
            ['unavailable', (file) => file.getMetadata()],
            ['reset', (file) => file.getMetadata()],
            ['unavailable', (file) => file.setMetadata({ a: 1 })],
            ['unavailable', (file) => file.delete()],
            ['unavailable', (file) => file.delete({ ifGenerationMatch: 1 })],
            ['unavailable', (file) => file.setMetadata({ a: 1 }, { ifMetagenerationMatch: 1 })],
          ].map(async ([behaviour, call]) => {
            const server = await lab.http(behaviour);
            const file = await fileOf(lab, server, { retryOptions });
            await lab.fails(() => call(file), { after: 0, late: 8000 });
            await lab.sleep(500);
            return server.requests.length;
          }),
        );
        assert.deepEqual(counted, [4, 4, 1, 1, 4, 4]);
      },
    },
    {
      name: 'not-there',
      says: '`exists` gives `[false]`, a list that is true as every list is',
      empty: 'exists of a file that is not there',
      async run(lab) {
        const server = await lab.http((request, response) => void response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"code":404,"message":"none"}}'));
        const file = await fileOf(lab, server);
        assert.deepEqual(await lab.gives(() => file.exists()), [false]);
      },
    },
  ],
});
