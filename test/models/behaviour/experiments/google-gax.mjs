import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { grpcFake } from '../lib/grpc-fake.mjs';

const SERVICE = '/google.cloud.secretmanager.v1.SecretManagerService';
const NAME = 'projects/shop/secrets/key';

/** A generated client, and a server for it; one of its methods is tried again by its configuration, the other is not. */
async function secrets({ load, require }, how) {
  const grpc = require('@grpc/grpc-js');
  const fake = await grpcFake(grpc, { [`${SERVICE}/AccessSecretVersion`]: how, [`${SERVICE}/AddSecretVersion`]: how });
  const { SecretManagerServiceClient } = (await load('@google-cloud/secret-manager')).default;
  const client = new SecretManagerServiceClient({ projectId: 'shop', apiEndpoint: '127.0.0.1', servicePath: '127.0.0.1', port: fake.port, sslCreds: grpc.credentials.createInsecure() });
  return {
    fake,
    read: (options) => client.accessSecretVersion({ name: `${NAME}/versions/1` }, options),
    write: (options) => client.addSecretVersion({ parent: NAME, payload: { data: Buffer.from('a') } }, options),
  };
}

export default experiments({
  record: 'google-gax',
  runs: [
    { 'google-gax': '6.17.0', '@google-cloud/secret-manager': '7.2.0' },
    { 'google-gax': '4.6.1', '@google-cloud/secret-manager': '5.6.0' },
  ],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 300` ends a call to a server that answers nothing by DEADLINE_EXCEEDED; with `timeout: 4000` a call that is tried again after "unavailable" ends by the same error, once a further wait is over; without it, it is pending after 5 s',
      proves: ['google-gax/timeout/1'],
      async run(lab) {
        const silent = await secrets(lab, 'silent');
        const down = await secrets(lab, 'unavailable');
        await Promise.all([
          lab.fails(() => silent.write({ timeout: 300 }), { after: 300, late: 3000, error: /DEADLINE_EXCEEDED|exceeded/i }),
          lab.fails(() => silent.read({ timeout: 300 }), { after: 300, late: 3000, error: /DEADLINE_EXCEEDED|exceeded/i }),
          lab.fails(() => down.read({ timeout: 4000 }), { after: 2000, late: 13_000, error: /exceeded 4000 milliseconds|DEADLINE_EXCEEDED/ }),
          lab.hangs(() => silent.write(), 5000),
        ]);
        assert.ok(down.fake.calls.length >= 2, String(down.fake.calls.length));
      },
    },
    {
      name: 'default',
      says: 'where nobody sets a limit a call ends after 60 s, as the configuration of the service says',
      proves: ['google-gax/timeout/1'],
      ms: 66_000,
      async run(lab) {
        const silent = await secrets(lab, 'silent');
        await lab.fails(() => silent.write(), { after: 60_000, late: 4000, error: /DEADLINE_EXCEEDED|exceeded/i });
      },
    },
    {
      name: 'retry',
      says: 'after "unavailable" a read is sent again, and a write once alone; the codes stand in the configuration of the service, method by method',
      proves: ['google-gax/retry'],
      async run(lab) {
        const down = await secrets(lab, 'unavailable');
        await lab.fails(() => down.write(), { after: 0, late: 3000 });
        assert.equal(down.fake.count('AddSecretVersion'), 1);
        await lab.hangs(() => down.read(), 7000);
        assert.ok(down.fake.count('AccessSecretVersion') >= 2);
      },
    },
  ],
});
