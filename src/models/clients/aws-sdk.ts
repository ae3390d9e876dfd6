import type { BoundModel, ClientModel, ClientShape, CommandModel, ExportModel, RetryModel, SeamModel } from '../types.js';

/** Effects by the verb that the name of a command begins with: AWS names its operations by rule. The most exact first. */
const COMMANDS: Readonly<Record<string, CommandModel>> = {
  GetCommand: { effect: 'read', empty: { path: 'Item', value: 'undefined' } },
  GetItemCommand: { effect: 'read', empty: { path: 'Item', value: 'undefined' } },
  ListObjectsV2Command: { effect: 'read', empty: { path: 'Contents', value: 'undefined' } },
  ListObjectsCommand: { effect: 'read', empty: { path: 'Contents', value: 'undefined' } },
  // `Body` is optional in the types; an answer without an error has it.
  GetObjectCommand: { effect: 'read' },
  // Long polling waits on purpose, for at most 20 s.
  ReceiveMessageCommand: { effect: 'read', blockingWhen: { argument: 'WaitTimeSeconds' }, empty: { path: 'Messages', value: 'undefined' } },
  QueryCommand: { effect: 'read', empty: { path: 'Items[0]', value: 'undefined' } },
  ScanCommand: { effect: 'read', empty: { path: 'Items[0]', value: 'undefined' } },
  // What was there before, with `ReturnValues: 'ALL_OLD'`; else never anything.
  DeleteCommand: { effect: 'write', empty: { path: 'Attributes', value: 'undefined' } },
  DeleteItemCommand: { effect: 'write', empty: { path: 'Attributes', value: 'undefined' } },
  PutCommand: { effect: 'write', empty: { path: 'Attributes', value: 'undefined' } },
  PutItemCommand: { effect: 'write', empty: { path: 'Attributes', value: 'undefined' } },
  ExecuteStatementCommand: { effect: 'unknown' },
  InvokeCommand: { effect: 'unknown' },
  'TransactGet*Command': { effect: 'read' },
  'BatchGet*Command': { effect: 'read' },
  'Describe*Command': { effect: 'read' },
  'Head*Command': { effect: 'read' },
  'List*Command': { effect: 'read' },
  'Get*Command': { effect: 'read' },
  '*Command': { effect: 'write' },
};

const call = { options: { at: [1] } } as const;

const CLIENT: ClientShape = {
  title: 'AWS SDK client',
  operations: { send: { ...call, effect: 'unknown', byCommand: { argument: { at: [0] }, commands: COMMANDS } } },
  perCall: true,
  harmless: ['destroy'],
  types: ['*Client'],
};

/** `new S3().getObject(params)`: the same commands as methods. */
const SERVICE_OPERATIONS = {
  '*': { ...call, effect: 'write' },
  'get*': { ...call, effect: 'read' },
  'list*': { ...call, effect: 'read' },
  'describe*': { ...call, effect: 'read' },
  'head*': { ...call, effect: 'read' },
  'batchGet*': { ...call, effect: 'read' },
  query: { ...call, effect: 'read', empty: { path: 'Items[0]', value: 'undefined' } },
  scan: { ...call, effect: 'read', empty: { path: 'Items[0]', value: 'undefined' } },
  invoke: { ...call, effect: 'unknown' },
  getItem: { ...call, effect: 'read', empty: { path: 'Item', value: 'undefined' } },
  listObjectsV2: { ...call, effect: 'read', empty: { path: 'Contents', value: 'undefined' } },
  getObject: { ...call, effect: 'read' },
  receiveMessage: { ...call, effect: 'read', blockingWhen: { argument: 'WaitTimeSeconds' }, empty: { path: 'Messages', value: 'undefined' } },
} as const satisfies ClientShape['operations'];

const SERVICE: ClientShape = {
  title: 'AWS SDK service',
  operations: { ...CLIENT.operations, ...SERVICE_OPERATIONS },
  perCall: true,
  harmless: ['destroy'],
};

/** What the names of one service are of it; `describe*` of a service that describes nothing would promise what it has not. */
function serviceOf(...names: readonly (keyof typeof SERVICE_OPERATIONS)[]): ClientShape {
  return { ...SERVICE, operations: { ...CLIENT.operations, ...Object.fromEntries(['*' as const, ...names].map((name) => [name, SERVICE_OPERATIONS[name]])) } };
}

const DYNAMODB = serviceOf('get*', 'list*', 'describe*', 'batchGet*', 'query', 'scan', 'getItem');
const OF_DOCUMENTS = serviceOf('batchGet*', 'query', 'scan');
const DOCUMENT: ClientShape = {
  ...OF_DOCUMENTS,
  operations: { ...OF_DOCUMENTS.operations, get: { ...call, effect: 'read', empty: { path: 'Item', value: 'undefined' } } },
  types: ['DynamoDBDocument'],
};

const client: ExportModel = { is: 'class', makes: 'client', options: { at: [0] } };
const service: ExportModel = { is: 'class', makes: 'service', options: { at: [0] } };

// Commands and exceptions are classes too, so only the two known forms are clients.
const exports: ClientModel['exports'] = {
  '*Client': client,
  ACM: service, APIGateway: service, AppConfigData: service, Athena: service, AutoScaling: service, Batch: service, BedrockRuntime: service,
  CloudFormation: service, CloudFront: service, CloudWatch: service, CloudWatchLogs: service, CognitoIdentityProvider: service, DynamoDB: service,
  EC2: service, ECR: service, ECS: service, EventBridge: service, Firehose: service, Glue: service, IAM: service, KMS: service, Kinesis: service,
  Lambda: service, OpenSearch: service, Organizations: service, Pinpoint: service, RDS: service, RDSData: service, Rekognition: service,
  Route53: service, S3: service, SES: service, SESv2: service, SFN: service, SNS: service, SQS: service, SSM: service, STS: service,
  Scheduler: service, SecretsManager: service, Textract: service,
};

const handler = (bound: Omit<BoundModel, 'at' | 'unit' | 'source'>): BoundModel => ({ ...bound, at: ['client'], unit: 'ms', source: 'handler' });

/**
 * DynamoDB makes one attempt more from here on. Its limit on silence (300 s; 900 s of SQS) came with the same release,
 * and holds only where AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026 is `true`.
 */
const WITH_DEFAULT = '>=3.1162.0';
const WITHOUT_DEFAULT = '<3.1162.0';

// Up to 3.908 requestTimeout was the old name of socketTimeout; from 3.910 it is a limit of its own that only warns.
const BOUNDS: readonly BoundModel[] = [
  handler({
    path: 'requestHandler.requestTimeout', covers: 'headers', default: null, zero: 'unlimited', versions: '>=3.910.0',
    requires: { path: 'requestHandler.throwOnRequestTimeout', equals: true },
    note: 'only logs a warning unless `throwOnRequestTimeout: true`, and does not cover the body',
  }),
  {
    path: 'requestTimeout', at: ['call'], covers: 'headers', unit: 'ms', default: null, zero: 'unlimited', versions: '>=3.910.0',
    requires: { path: 'requestHandler.throwOnRequestTimeout', equals: true },
    note: 'only logs a warning unless the client has `throwOnRequestTimeout: true`', source: 'handler',
  },
  handler({ path: 'requestHandler.requestTimeout', covers: 'idle', default: null, zero: 'unlimited', versions: '<3.910.0', note: 'ends silence on the socket' }),
  handler({ path: 'requestHandler.socketTimeout', covers: 'idle', default: null, zero: 'unlimited', env: ['AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026'], note: 'ends silence on the socket, body included' }),
  handler({ path: 'requestHandler.connectionTimeout', covers: 'connect', default: null, zero: 'unlimited', env: ['AWS_DEFAULTS_MODE'], note: 'bounds connecting' }),
];

const retry = (retries: number): RetryModel => ({
  retries,
  option: 'maxAttempts',
  at: ['client'],
  counts: 'attempts',
  env: ['AWS_MAX_ATTEMPTS'],
  methods: 'all',
  backoff: 'exponential',
  jitter: true,
  retriesTimeouts: true,
  note: 'every operation is repeated on transient errors and throttling, whether it can be repeated or not',
  source: 'retry',
});

// Whether it is 4 attempts is settled by @smithy/core, of which every later release is taken too: 3.40 turned its new retries on.
const RETRY_OF_DYNAMODB = { ...retry(3), source: 'dynamodb' };

const sources = {
  handler: '@smithy/node-http-handler@4.14.2 dist-es/node-http-handler.js, set-request-timeout.js, set-socket-timeout.js; @smithy/node-http-handler@4.3.0 dist-es/node-http-handler.js:67,186 and 4.4.0:189-190 (used from @aws-sdk/client-s3 3.910.0); run: requestTimeout alone hangs, socketTimeout rejects',
  defaults: '@aws-sdk/client-dynamodb@3.1162.0 dist-es/runtimeConfig.js:32 (300 s), @aws-sdk/client-sqs@3.1162.0 dist-es/runtimeConfig.js:29 (900 s), none in 3.1161.0 nor in @aws-sdk/client-s3@3.1169.0; @aws-sdk/core dist-es/submodules/client/getDefaultSocketTimeout.js (only where AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026 is `true`); run with 3.1164.0: a call is pending after 320 s',
  signal: '@smithy/node-http-handler@4.14.2 dist-es/node-http-handler.js (handle)',
  retry: '@smithy/core@3.41.0 dist-es/submodules/retry/middleware-retry/configurations.js:6,36-55; run with 3.901.0, 3.1161.0 and 3.1164.0: S3 and SQS send 3 requests, reads and writes alike',
  dynamodb: '@aws-sdk/client-dynamodb@3.1162.0 dist-es/runtimeConfig.js:35 (4 where `Retry.v2026`, from 3.1060.0 on), @smithy/core@3.40.0 dist-es/submodules/retry/util-retry/retries-2026-config.js (true; by SMITHY_NEW_RETRIES_2026 in 3.39.0); run with @smithy/core@3.41.0: 4 requests in 3.1161.0 and 3.1164.0, 3 in 3.901.0',
  sockets: '@smithy/node-http-handler@4.14.2 dist-es/node-http-handler.js (maxSockets 50)',
} as const;

const shared = {
  kind: 'sdk',
  signal: { path: 'abortSignal', at: ['call'], source: 'signal' },
  edits: [
    {
      at: 'client', path: 'requestHandler.requestTimeout', value: 'ms', versions: '>=3.910.0',
      beside: { path: 'requestHandler.throwOnRequestTimeout', text: 'true', needed: true },
    },
    // The options of the handler stand for a handler from 3.521 on; there `requestTimeout` ended silence on the socket.
    { at: 'client', path: 'requestHandler.requestTimeout', value: 'ms', versions: '>=3.521.0 <3.910.0' },
    { at: 'call', path: 'abortSignal', value: 'signal' },
  ],
  seam: {
    kind: 'middleware', path: 'middlewareStack', outcomes: 'aws', client: 'aws-sdk', on: ['client', 'service'], takesSignal: false,
    note: 'a middleware can add no signal to a request; the first step is outside the retries of the SDK',
    write: {
      section: 'throughPolicy', form: 'around', path: '', note: 'the SDK itself tries again',
      service: { is: 'package', after: '@aws-sdk/client-', address: 'endpoint', among: 'region', slow: ['lambda', 'bedrock-runtime', 'bedrock-agent-runtime', 'sfn', 'athena', 'rds-data', 'transcribe-streaming', 'lex-runtime-v2', 'sagemaker-runtime'] },
    },
    tried: true,
  },
  retry: retry(2),
  // A queue that is first in, first out refuses a message without an id, unless it makes one of the content; the others deliver more than once anyway.
  repeat: {
    again: ['SendEmailCommand', 'SendRawEmailCommand', 'SendTemplatedEmailCommand', 'SendBulkTemplatedEmailCommand', 'sendEmail', 'sendRawEmail', 'sendTemplatedEmail'],
    same: ['Put*Command', 'Delete*Command', 'CopyObjectCommand', 'Tag*Command', 'Untag*Command', 'put*', 'delete*', 'copyObject', 'tag*', 'untag*'],
    keys: [
      { path: 'MessageDeduplicationId', at: 'command' }, { path: 'ClientRequestToken', at: 'command' }, { path: 'ClientToken', at: 'command' },
      { path: 'IdempotencyToken', at: 'command' }, { path: 'clientToken', at: 'command' },
    ],
    source: 'docs.aws.amazon.com, API references of SQS (`MessageDeduplicationId`), SES (`SendEmail` has no token), EC2 and ECS (`ClientToken`)',
  },
  errors: { timeout: ['TimeoutError', 'ETIMEDOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
  mendIn: [{ versions: '<3.910.0', text: 'set `requestHandler: { requestTimeout: ms, connectionTimeout: ms }`, or pass `abortSignal: AbortSignal.timeout(ms)` with the call' }],
  mend: 'set `requestHandler: { socketTimeout: ms, requestTimeout: ms, throwOnRequestTimeout: true, connectionTimeout: ms }`, or pass `abortSignal: AbortSignal.timeout(ms)` with the call',
  sources,
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

/** Their calls go through the middleware of the client that they are made from. */
const SEAM_OF_CLIENT: SeamModel = { kind: 'none', note: 'the client that it is made from has the policy', tried: false };

const SILENT = 'waits for ever on a silent server, as the AWS SDK sets no timeout by default';

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'aws-sdk-v3',
    title: 'AWS SDK v3',
    packages: ['@aws-sdk/client-*'],
    checked: ['@aws-sdk/client-s3 3.901.0', '@aws-sdk/client-s3 3.1164.0', '@aws-sdk/client-s3 3.1169.0', '@aws-sdk/client-sqs 3.901.0', '@aws-sdk/client-sqs 3.1164.0'],
    exports,
    clients: { client: CLIENT, service: SERVICE },
    bounds: BOUNDS,
    unbounded: SILENT,
  },
  {
    ...shared,
    id: 'aws-sdk-v3-dynamodb',
    title: 'AWS SDK v3 DynamoDB',
    versions: WITH_DEFAULT,
    packages: ['@aws-sdk/client-dynamodb'],
    checked: ['3.1162.0', '3.1164.0'],
    exports: { '*Client': client, DynamoDB: service },
    clients: { client: CLIENT, service: DYNAMODB },
    bounds: BOUNDS,
    retry: RETRY_OF_DYNAMODB,
    unbounded: SILENT,
  },
  {
    ...shared,
    id: 'aws-sdk-v3-dynamodb-before-3.1162',
    title: 'AWS SDK v3 DynamoDB',
    versions: WITHOUT_DEFAULT,
    packages: ['@aws-sdk/client-dynamodb'],
    checked: ['3.1161.0'],
    exports: { '*Client': client, DynamoDB: service },
    clients: { client: CLIENT, service: DYNAMODB },
    bounds: BOUNDS,
    unbounded: SILENT,
  },
  {
    ...shared,
    id: 'aws-sdk-v3-document',
    seam: SEAM_OF_CLIENT,
    title: 'AWS SDK v3 DynamoDB document client',
    versions: WITH_DEFAULT,
    packages: ['@aws-sdk/lib-dynamodb'],
    checked: ['3.1162.0'],
    // It has no options of its own: all limits are those of the client it is made from.
    exports: {
      'DynamoDBDocumentClient.from': { is: 'factory', makes: 'client', from: { at: [0] } },
      'DynamoDBDocument.from': { is: 'factory', makes: 'service', from: { at: [0] } },
      DynamoDBDocumentClient: { is: 'class', makes: 'client', from: { at: [0] } },
      DynamoDBDocument: { is: 'class', makes: 'service', from: { at: [0] } },
    },
    clients: { client: { ...CLIENT, types: ['DynamoDBDocumentClient'] }, service: DOCUMENT },
    bounds: BOUNDS,
    retry: RETRY_OF_DYNAMODB,
    unbounded: SILENT,
    sources: { ...sources, from: '@aws-sdk/lib-dynamodb@3.1162.0 dist-es/DynamoDBDocumentClient.js:44' },
  },
  {
    ...shared,
    id: 'aws-sdk-v3-document-before-3.1162',
    seam: SEAM_OF_CLIENT,
    title: 'AWS SDK v3 DynamoDB document client',
    versions: WITHOUT_DEFAULT,
    packages: ['@aws-sdk/lib-dynamodb'],
    checked: ['3.1161.0'],
    // It has no options of its own: all limits are those of the client it is made from.
    exports: {
      'DynamoDBDocumentClient.from': { is: 'factory', makes: 'client', from: { at: [0] } },
      'DynamoDBDocument.from': { is: 'factory', makes: 'service', from: { at: [0] } },
      DynamoDBDocumentClient: { is: 'class', makes: 'client', from: { at: [0] } },
      DynamoDBDocument: { is: 'class', makes: 'service', from: { at: [0] } },
    },
    clients: { client: { ...CLIENT, types: ['DynamoDBDocumentClient'] }, service: DOCUMENT },
    bounds: BOUNDS,
    unbounded: SILENT,
    sources: { ...sources, from: '@aws-sdk/lib-dynamodb@3.1162.0 dist-es/DynamoDBDocumentClient.js:44' },
  },
  {
    ...shared,
    id: 'aws-sdk-v3-upload',
    seam: SEAM_OF_CLIENT,
    title: 'AWS SDK v3 multipart upload',
    service: 'S3',
    packages: ['@aws-sdk/lib-storage'],
    checked: ['3.1169.0'],
    exports: { Upload: { is: 'class', makes: 'upload', options: { at: [0] }, from: { at: [0], path: 'client' } } },
    clients: {
      // A transfer of any length: it can be aborted, not given a short limit.
      upload: { title: 'AWS SDK upload', operations: { done: { effect: 'write', mode: 'stream' } }, perCall: false, harmless: ['on', 'abort'], types: ['Upload'] },
    },
    bounds: BOUNDS,
    signal: { path: 'abortController', at: ['client'], source: 'upload' },
    unbounded: SILENT,
    sources: { ...sources, upload: '@aws-sdk/lib-storage@3.1169.0 dist-es/Upload.js (abortController, done)' },
  },
  {
    ...shared,
    id: 'aws-sdk-v3-handler',
    seam: SEAM_OF_CLIENT,
    title: 'AWS SDK v3 request handler',
    packages: ['@smithy/node-http-handler', '@aws-sdk/node-http-handler'],
    checked: ['@smithy/node-http-handler 4.14.2', '@smithy/node-http-handler 4.3.0', '@smithy/node-http-handler 3.3.3'],
    exports: { NodeHttpHandler: { is: 'options', options: { at: [0] } }, NodeHttp2Handler: { is: 'options', options: { at: [0] } } },
    clients: {},
    // They bound nothing by themselves; the client that is given the handler reads them.
    bounds: [],
    unbounded: SILENT,
  },
];
