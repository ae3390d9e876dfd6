/** How the outcomes of a client are read: data for the policies that codemods write. */
export interface OutcomesModel {
  /** Name of the constant in the module that is written. */
  readonly constant: string;
  /** For people: what it is about. */
  readonly title: string;
  /** Where the HTTP status of an answer stands, in what the client gives or throws. */
  readonly status: readonly string[];
  /** Codes and names of errors that pass by themselves and say that the other side is not well. */
  readonly transient: readonly (string | number)[];
  /** Those among them which prove that nothing was sent. */
  readonly unsent: readonly (string | number)[];
  /** Where the codes are from. */
  readonly source: string;
}

export type OutcomesName = 'http' | 'aws' | 'grpc' | 'postgres' | 'prisma' | 'redis';

/** Node's own codes of a connection that never stood. */
const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] as const;

/** Node's own codes of a connection that broke. */
const BROKEN = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'] as const;

export const OUTCOMES: Readonly<Record<OutcomesName, OutcomesModel>> = {
  http: {
    constant: 'HTTP',
    title: 'HTTP clients',
    status: ['status', 'statusCode', 'response.status', 'response.statusCode'],
    // ECONNABORTED is a `timeout` of axios: of its owner, so that it says what a signal of a caller does not.
    transient: [...NEVER_CONNECTED, 'UND_ERR_CONNECT_TIMEOUT', ...BROKEN, 'ECONNABORTED', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
    unsent: [...NEVER_CONNECTED, 'UND_ERR_CONNECT_TIMEOUT'],
    source: 'node@20 errors of net and dns; undici@6.29.1 lib/core/errors.js; axios@1.21.1 lib/adapters/http.js:768',
  },
  aws: {
    constant: 'AWS',
    title: 'the AWS SDK',
    status: ['$metadata.httpStatusCode', 'response.statusCode'],
    // Throttling of some protocols comes with status 400. Limits of one table or one resource say nothing of the service.
    transient: [...NEVER_CONNECTED, ...BROKEN, 'TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'BandwidthLimitExceeded', 'RequestLimitExceeded', 'RequestThrottled', 'RequestThrottledException', 'SlowDown', 'ThrottledException', 'Throttling', 'ThrottlingException', 'TooManyRequestsException'],
    unsent: [...NEVER_CONNECTED],
    source: '@smithy/core@3.41.0 dist-es/submodules/retry/service-error-classification/constants.js',
  },
  grpc: {
    constant: 'GRPC',
    title: 'gRPC',
    status: [],
    // RESOURCE_EXHAUSTED and UNAVAILABLE.
    transient: [8, 14],
    // UNAVAILABLE says not whether the request was sent.
    unsent: [],
    source: '@grpc/grpc-js@1.14.7 build/src/constants.d.ts; grpc.io/docs, "Status codes"',
  },
  postgres: {
    constant: 'POSTGRES',
    title: 'PostgreSQL',
    status: [],
    // 57P03: starting up or shutting down; 53300: too many connections. Both answer the attempt to connect.
    transient: [],
    unsent: [...NEVER_CONNECTED, '57P03', '53300', 'timeout exceeded when trying to connect', 'Connection terminated due to connection timeout'],
    source: 'pg@8.23.1 lib/client.js, pg-pool@3.14.0 index.js; postgresql.org/docs, "PostgreSQL Error Codes"',
  },
  prisma: {
    constant: 'PRISMA',
    title: 'Prisma',
    status: [],
    // P1001: the database cannot be reached; P2024: no connection of the pool came free. The last two are of the driver `pg` under it.
    transient: [],
    unsent: ['P1001', 'P2024', 'timeout exceeded when trying to connect', 'Connection terminated due to connection timeout'],
    source: 'prisma.io/docs, "Error message reference"; run with @prisma/client 7.10.1 and @prisma/adapter-pg: a closed port gave P1001, a silent one the message of pg',
  },
  redis: {
    constant: 'REDIS',
    title: 'Redis',
    status: [],
    transient: [],
    // Of what waits in a queue while the connection is away, nobody says whether it was sent.
    unsent: ["Stream isn't writeable and enableOfflineQueue options is false", 'The client is offline'],
    source: 'ioredis@6.0.0 built/Redis.js (sendCommand), @redis/client@6.3.1 dist/lib/errors.js (ClientOfflineError)',
  },
};
