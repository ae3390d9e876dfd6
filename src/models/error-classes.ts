/** What constructors of errors take, and what names tell of errors. Data for the facts of dropped causes. */

/** Where a constructor takes the error that it is made for. */
export interface ErrorClassModel {
  readonly package: string;
  readonly name: string;
  /** The argument whose property `cause` it is. */
  readonly optionsAt: number;
  /**
   * The class also gives answers to a caller, as by `code`: only these values of this property of the
   * argument say that something broke.
   */
  readonly failure?: { readonly key: string; readonly values: readonly string[] };
}

/** Builtin classes of errors, with the position of their options. */
export const BUILTIN_ERRORS: Readonly<Record<string, number>> = {
  Error: 1, EvalError: 1, RangeError: 1, ReferenceError: 1, SyntaxError: 1, TypeError: 1, URIError: 1, AggregateError: 2,
};

const NEST = '@nestjs/common';

/** Classes of packages. Those that only ever answer a request with the caller's own fault are not listed. */
export const ERROR_CLASSES: readonly ErrorClassModel[] = [
  { package: '@trpc/server', name: 'TRPCError', optionsAt: 0, failure: { key: 'code', values: ['INTERNAL_SERVER_ERROR', 'BAD_GATEWAY', 'SERVICE_UNAVAILABLE', 'GATEWAY_TIMEOUT'] } },
  { package: NEST, name: 'InternalServerErrorException', optionsAt: 1 },
  { package: NEST, name: 'BadGatewayException', optionsAt: 1 },
  { package: NEST, name: 'ServiceUnavailableException', optionsAt: 1 },
  { package: NEST, name: 'GatewayTimeoutException', optionsAt: 1 },
];

/** Members of an error that say what happened, without the stack and without what was below. */
export const TEXT_MEMBERS: ReadonlySet<string> = new Set(['message', 'name', 'code', 'errno', 'syscall', 'status', 'statusCode', 'statusText', 'toString']);

/** Functions that make text of a value. */
export const TO_TEXT: ReadonlySet<string> = new Set(['String', 'JSON.stringify']);

/** Under these names a constructor takes the error that it is made for. */
export const CAUSE_NAMES: ReadonlySet<string> = new Set(['cause', 'originalError', 'innerError', 'underlyingError', 'sourceError', 'rootCause', 'causedBy', 'originalException', 'innerException', 'wrappedError', 'parentError', 'previousError']);

/** Under these it may: what it does with them is not told by the name. */
export const MAYBE_CAUSE_NAMES = /^_?(?:e|err|error|inner|original|source|previous|prev|parent|exception|reason|details?|data|meta|metadata|context|info|props|extra|options|opts|params|args|payload|init|input)$|(?:Error|Exception|Options|Details|Context|Data|Info)$/;

/** Parameters by which an outcome is told, the error first. */
export const OUTCOME_CALLBACKS = /^(?:cb|callback|done|next|_cb|_callback|_next|fn)$/;

/** Tests that a value is an error at all. */
export const IS_AN_ERROR = /^(?:\w+\.)*(?:isError|isNativeError|isErrorLike|isInstanceOfError)$/;

/** Classes that answer the caller: what was asked for is not there, not allowed, not well formed. */
export const ANSWER_CLASSES = /NotFound|Unauthori[sz]ed|Unauthenticated|Forbidden|BadRequest|Invalid|Validation|Conflict|Duplicate|AlreadyExists|Denied|Expired|NotAllowed|Unsupported|NotSupported|Unprocessable|TooMany|RateLimit|UserInput|Usage|Parse|Parsing|Syntax|Malformed|Mismatch|Missing|AuthRequired|Authentication|Authorization|Permission|Cancel|Abort/i;

/** Text without which a file of error classes would not be one. */
export const ERROR_CLASS_WORDS = '\\bextends\\s+[\\w$.]*(?:Error|Exception|Failure|Fault)\\b';

/** Functions that make text of all that an error has, not of its message alone: what a log is given then is the error. */
export const WHOLE_TEXT: ReadonlySet<string> = new Set(['JSON.stringify', 'inspect', 'util.inspect']);
