import { describe, expect, it } from 'vitest';
import { reportsOf, verdictAt } from '../../facts/support.js';
import { seenCalls } from '../../support/seen-calls.js';
import { sourceOf } from '../../support/source.js';

const STORAGE = "import { Storage } from '@google-cloud/storage'; const storage = new Storage(); const file = storage.bucket('photos').file('a.png');\n";
const PUBSUB = "import { PubSub } from '@google-cloud/pubsub'; const pubsub = new PubSub(); const topic = pubsub.topic('orders');\n";

describe('what the calls of Cloud Storage do', () => {
  it.each([
    ['a download', 'const [bytes] = await file.download();', ['read']],
    ['a look, whose answer is a list', 'const [there] = await file.exists();', ['read']],
    ['a write', 'await file.save(bytes);', ['write']],
    ['files of a bucket', "await storage.bucket('photos').getFiles({ prefix: 'a' });", ['read']],
    ['streams', 'file.createReadStream().pipe(response); file.createWriteStream();', ['read (stream)', 'write (stream)']],
    ['a signature, which asks nobody', "await file.getSignedUrl({ action: 'read' });", []],
    ['a bucket that is handed in', "import type { Bucket } from '@google-cloud/storage'; const f = (bucket: Bucket) => bucket.upload('a.png');", ['write']],
  ])('%s', (_, code, expected) => expect(seenCalls(STORAGE + code)).toEqual(expected));
});

describe('what bounds them', () => {
  const limited = "import { Storage } from '@google-cloud/storage'; const storage = new Storage({ timeout: 500 }); await /*a*/ storage.bucket('a').getFiles();";
  it.each([
    ['nothing', `${STORAGE} await /*a*/ file.getMetadata();`, 'unbounded absent'],
    ['a limit, in 7', { main: limited, installed: { '@google-cloud/storage': '7.22.0' } }, 'bounded client-option'],
    ['a limit that goes nowhere, in 8', { main: limited, installed: { '@google-cloud/storage': '8.4.0' } }, 'unbounded absent'],
    ['options from elsewhere', { main: "import { Storage } from '@google-cloud/storage'; export const f = (options) => /*a*/ new Storage(options).getBuckets();", installed: { '@google-cloud/storage': '7.22.0' } }, 'unknown parameter'],
    ['a topic, by itself', `${PUBSUB} await /*a*/ topic.publishMessage({ json: order });`, 'bounded library-default'],
    ['a topic with a limit', "import { PubSub } from '@google-cloud/pubsub'; const topic = new PubSub().topic('a', { gaxOpts: { timeout: 500 } }); await /*a*/ topic.publishMessage({ json: order });", 'bounded client-option'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  it('reports a client of Cloud Storage once', () => expect(reportsOf(sourceOf(`${STORAGE} await file.getMetadata(); await file.delete();`))).toHaveLength(1));
  it('reports nothing of Pub/Sub', () => expect(reportsOf(sourceOf(`${PUBSUB} await topic.publishMessage({ json: order });`))).toEqual([]));
});

it('knows what Pub/Sub writes', () => expect(seenCalls(`${PUBSUB} await topic.publishMessage({ json: order }); await pubsub.getTopics();`)).toEqual(['write', 'read']));
