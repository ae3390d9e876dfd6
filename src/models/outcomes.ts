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

export type OutcomesName = 'http';

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
};
