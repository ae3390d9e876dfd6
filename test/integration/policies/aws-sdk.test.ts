import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { GetObjectCommand, ListBucketsCommand, PutObjectCommand, S3, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listening, loadModule, outcome, removeModules, wait } from './policy-module.js';

interface Policies {
  readonly s3: object;
  readonly throughPolicy: <Client>(policy: object, client: Client) => Client;
  readonly resetPolicies: () => void;
}

let handle: (request: IncomingMessage, response: ServerResponse) => void;
let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  request.resume();
  handle(request, response);
});
let policies: Policies;
let config: S3ClientConfig;

const buckets = (_request: IncomingMessage, response: ServerResponse): void => {
  response.setHeader('content-type', 'application/xml').end('<?xml version="1.0"?><ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>');
};
const failing = (status: number, code: string) => (_request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
};

beforeAll(async () => {
  const port = await listening(server);
  config = { endpoint: `http://127.0.0.1:${String(port)}`, region: 'eu-west-1', forcePathStyle: true, credentials: { accessKeyId: 'key', secretAccessKey: 'secret' }, maxAttempts: 1 };
  policies = await loadModule<Policies>([{ name: 's3', service: 's3', outcomes: 'aws', section: 'throughPolicy' }], { deadline: 1_000 });
});
beforeEach(() => {
  policies.resetPolicies();
  requests = 0;
  handle = buckets;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  removeModules();
});

const client = (own: S3ClientConfig = {}): S3Client => policies.throughPolicy(policies.s3, new S3Client({ ...config, ...own }));

describe('a client of the AWS SDK that goes through a policy', () => {
  it('is the client itself, and answers', async () => {
    const plain = new S3Client(config);
    expect(policies.throughPolicy(policies.s3, plain)).toBe(plain);
    expect(await plain.send(new ListBucketsCommand({}))).toMatchObject({ $metadata: { httpStatusCode: 200 } });
    expect(await policies.throughPolicy(policies.s3, new S3(config)).listBuckets({})).toMatchObject({ Buckets: [] });
  });

  it('keeps the retries of the SDK: one call of the policy is all its attempts', async () => {
    handle = (request, response) => { (requests < 3 ? failing(503, 'ServiceUnavailable') : buckets)(request, response); };
    expect(await outcome(policies.throughPolicy(policies.s3, new S3Client({ ...config, maxAttempts: 3 })).send(new ListBucketsCommand({})))).toBe('answered');
    expect(requests).toBe(3);
  });

  it('opens its circuit at 5xx, rejects without a request, and closes it again', async () => {
    handle = failing(500, 'InternalError');
    const s3 = client();
    for (let index = 0; index < 4; index++) await outcome(s3.send(new ListBucketsCommand({})));
    const before = requests;
    expect(await outcome(s3.send(new ListBucketsCommand({})))).toMatch(/circuit|breaker/i);
    expect(requests).toBe(before);
    handle = buckets;
    await wait(250);
    expect(await outcome(s3.send(new ListBucketsCommand({})))).toBe('answered');
  });

  it('counts throttling that comes with status 400', async () => {
    handle = failing(400, 'ThrottlingException');
    const s3 = client();
    for (let index = 0; index < 4; index++) await outcome(s3.send(new ListBucketsCommand({})));
    expect(await outcome(s3.send(new ListBucketsCommand({})))).toMatch(/circuit|breaker/i);
  });

  it('counts no error of the caller, nor what the caller gives up', async () => {
    handle = failing(404, 'NoSuchKey');
    const s3 = client();
    for (let index = 0; index < 8; index++) expect(await outcome(s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })))).toMatch(/NoSuchKey/);
    expect(requests).toBe(8);
    handle = () => undefined;
    for (let index = 0; index < 6; index++) expect(await outcome(s3.send(new ListBucketsCommand({}), { abortSignal: AbortSignal.timeout(20) }))).toMatch(/abort|timeout/i);
    handle = buckets;
    expect(await outcome(s3.send(new ListBucketsCommand({})))).toBe('answered');
  });

  it('stops waiting at a server that says nothing, counts that, and hands no signal on', async () => {
    let ended = 0;
    handle = (_request, response) => { response.on('close', () => { ended += 1; }); };
    const s3 = client();
    const began = performance.now();
    expect(await outcome(s3.send(new ListBucketsCommand({})))).toMatch(/did not answer (?:an attempt )?within 1000 ms/);
    expect(performance.now() - began).toBeLessThan(1_800);
    expect(ended).toBe(0);
    for (let index = 0; index < 3; index++) await outcome(s3.send(new ListBucketsCommand({})));
    expect(await outcome(s3.send(new ListBucketsCommand({})))).toMatch(/circuit|breaker/i);
  });

  it('leaves the body of an object alone for as long as it is read', async () => {
    handle = (_request, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('01234');
      setTimeout(() => response.end('56789'), 1_300);
    };
    const { Body } = await client().send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
    expect(await Body!.transformToString()).toBe('0123456789');
  });

  it('leaves an upload from a stream alone for as long as it is sent', async () => {
    handle = (_request, response) => { setTimeout(() => response.writeHead(200, { etag: '"e"' }).end(), 1_300); };
    expect(await outcome(client().send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: Readable.from([Buffer.from('0123456789')]), ContentLength: 10 })))).toBe('answered');
  });

  it('bounds a write of bytes, which is sent once', async () => {
    handle = () => undefined;
    expect(await outcome(client({ maxAttempts: 3 }).send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: Buffer.from('0123456789') })))).toMatch(/within 1000 ms/);
    expect(requests).toBe(1);
  });
});
