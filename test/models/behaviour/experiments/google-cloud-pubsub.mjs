import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { grpcFake } from '../lib/grpc-fake.mjs';

// Nobody looks for a machine of Google's.
process.env.METADATA_SERVER_DETECTION = 'none';

async function topicOf({ load, require }, how, options) {
  const fake = await grpcFake(require('@grpc/grpc-js'), { '/google.pubsub.v1.Publisher/Publish': how });
  process.env.PUBSUB_EMULATOR_HOST = fake.host;
  const { PubSub } = (await load('@google-cloud/pubsub')).default;
  return { fake, topic: new PubSub({ projectId: 'shop' }).topic('orders', options) };
}

const MESSAGE = { data: Buffer.from('a') };

export default experiments({
  record: 'google-cloud-pubsub',
  runs: [{ '@google-cloud/pubsub': '5.3.1' }, { '@google-cloud/pubsub': '4.11.0' }],
  experiments: [
    {
      name: 'timeout',
      says: '`gaxOpts: { timeout: 500 }` of the topic ends `publishMessage` to a server that answers nothing within 4 s; without it that is pending after 5 s',
      proves: ['google-cloud-pubsub/timeout/1'],
      async run(lab) {
        const short = await topicOf(lab, 'silent', { gaxOpts: { timeout: 500 } });
        const plain = await topicOf(lab, 'silent');
        await Promise.all([lab.fails(() => short.topic.publishMessage(MESSAGE), { after: 500, late: 3500, error: /exceeded 500 milliseconds/ }), lab.hangs(() => plain.topic.publishMessage(MESSAGE), 5000)]);
      },
    },
    {
      name: 'default',
      says: 'where nobody sets a limit `publishMessage` ends after 60 s',
      proves: ['google-cloud-pubsub/timeout/1'],
      ms: 80_000,
      async run(lab) {
        const { topic } = await topicOf(lab, 'silent');
        await lab.fails(() => topic.publishMessage(MESSAGE), { after: 59_500, late: 8000 });
      },
    },
    {
      name: 'retry',
      says: 'after "unavailable" a message is published again, 3 times at least within 5 s',
      proves: ['google-cloud-pubsub/retry'],
      async run(lab) {
        const { fake, topic } = await topicOf(lab, 'unavailable');
        await lab.hangs(() => topic.publishMessage(MESSAGE), 5000);
        assert.ok(fake.calls.length >= 3, String(fake.calls.length));
      },
    },
  ],
});
