import { afterAll, describe, expect, it } from 'vitest';
import { policySeams } from '../../src/facts/policy-seams.js';
import { removeTempProjects } from '../support/temp-project.js';
import { openProgram } from './support.js';

afterAll(removeTempProjects);

/** The verdicts on the clients that a program makes: `wrap s3 (s3 in eu-west-1)`, `seam-taken`. */
function seams(main: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return policySeams(openProgram({ main, files })).map(({ verdict }) => (verdict.is === 'wrap' ? `wrap ${verdict.downstream.name} (${verdict.downstream.shown})` : verdict.reason));
}

const S3 = "import { S3, S3Client } from '@aws-sdk/client-s3';\n";
const GRPC = "import * as grpc from '@grpc/grpc-js';\nconst open = grpc.credentials.createInsecure();\n";

describe('the service of a client of the AWS SDK', () => {
  it('is that of its package', () => expect(seams(`${S3}export const s3 = new S3Client({});`)).toEqual(['wrap s3 (s3)']));
  it('is the same for the class with methods', () => expect(seams(`${S3}export const s3 = new S3();`)).toEqual(['wrap s3 (s3)']));
  it('is that of the region it names', () => expect(seams(`${S3}export const s3 = new S3Client({ region: 'eu-west-1' });`)).toEqual(['wrap s3 (s3 in eu-west-1)']));
  it('is that of the region in a variable of the environment', () => expect(seams(`${S3}export const s3 = () => new S3Client({ region: process.env.FILES_REGION ?? 'eu-west-1' });`)).toEqual(['wrap s3 (s3 in FILES_REGION)']));
  it('is one, where a client made once has a region from elsewhere', () => expect(seams(`${S3}import { config } from './config.js';\nexport const s3 = new S3Client({ region: config.region });`)).toEqual(['wrap s3 (s3 in config.region)']));
  it('varies with the region of a parameter', () => expect(seams(`${S3}export const s3 = (region) => new S3Client({ region });`)).toEqual(['downstream-varies']));
  it('is another at another address', () => expect(seams(`${S3}export const s3 = new S3Client({ endpoint: process.env.MINIO_URL });`)).toEqual(['wrap minio (MINIO_URL)']));
  it('varies with an address that is not known', () => expect(seams(`${S3}export const s3 = (endpoint) => new S3Client({ endpoint });`)).toEqual(['downstream-varies']));
  it('varies where the options are not known', () => expect(seams(`${S3}export const s3 = (options) => new S3Client(options);`)).toEqual(['downstream-varies']));
  it('has no common bound where answers take minutes', () => expect(seams("import { LambdaClient } from '@aws-sdk/client-lambda';\nexport const lambda = new LambdaClient({});")).toEqual(['slow-service']));
  it('is asked once, where another client is made from it', () =>
    expect(seams("import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\nimport { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';\nexport const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));")).toEqual(['wrap dynamodb (dynamodb)']));
  it('is behind a policy already', () =>
    expect(seams(`${S3}import { s3Policy, throughPolicy } from './resilience.js';\nexport const s3 = throughPolicy(s3Policy, new S3Client({}));`, { 'src/resilience.js': "import { retry } from 'cockatiel';\nexport const throughPolicy = (policy, client) => client;\nexport const s3Policy = retry();\n" })).toEqual(['in-policy']));
  it('is not behind a policy in any function that takes it', () =>
    expect(seams(`${S3}import { traced } from './traces.js';\nexport const s3 = traced('s3', new S3Client({}));`, { 'src/traces.js': 'export const traced = (name, client) => client;\n' })).toEqual(['wrap s3 (s3)']));
});

describe('the service of a gRPC client', () => {
  it('is its target', () => expect(seams(`${GRPC}export const client = new grpc.Client('greeter:50051', open);`)).toEqual(['wrap greeter (greeter:50051)']));
  it('is its target in the words of a resolver', () => expect(seams(`${GRPC}export const client = new grpc.Client('dns:///greeter.acme.com:443', open);`)).toEqual(['wrap acmeGreeter (greeter.acme.com:443)']));
  it('is named by a variable of the environment', () => expect(seams(`${GRPC}export const client = new grpc.Client(process.env.GREETER_HOST, open);`)).toEqual(['wrap greeter (GREETER_HOST)']));
  it('is known of a class that a definition makes', () => expect(seams(`${GRPC}const Greeter = grpc.makeClientConstructor({}, 'Greeter');\nexport const client = new Greeter('greeter:50051', open);`)).toEqual(['wrap greeter (greeter:50051)']));
  it('is known of a package that is loaded', () => expect(seams(`${GRPC}const loaded = grpc.loadPackageDefinition({});\nexport const client = new loaded.acme.Greeter('greeter:50051', open);`)).toEqual(['wrap greeter (greeter:50051)']));
  it('is known of a class that a generator wrote', () => expect(seams("import { GreeterClient } from './generated.js';\nexport const client = new GreeterClient('greeter:50051', null);", { 'src/generated.js': "import { Client } from '@grpc/grpc-js';\nexport class GreeterClient extends Client {}\n" })).toEqual(['wrap greeter (greeter:50051)']));
  it('varies with a parameter', () => expect(seams(`${GRPC}export const client = (address) => new grpc.Client(address, open);`)).toEqual(['downstream-varies']));
  it('cannot be reached past interceptors of its own', () => expect(seams(`${GRPC}export const client = new grpc.Client('greeter:50051', open, { interceptors: [] });`)).toEqual(['seam-taken']));
  it('cannot be reached past what makes them', () => expect(seams(`${GRPC}export const client = new grpc.Client('greeter:50051', open, { interceptor_providers: [] });`)).toEqual(['seam-taken']));
});

describe('known limitation', () => {
  it('a generated class with a constructor of its own is not followed to where it is made', () =>
    expect(seams("import { GreeterClient } from './generated.js';\nexport const client = new GreeterClient('greeter:50051', null);", { 'src/generated.js': "import { Client } from '@grpc/grpc-js';\nexport class GreeterClient extends Client { constructor(address, credentials, options) { super(address, credentials, options); } }\n" })).toEqual([]));
});
