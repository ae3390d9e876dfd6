// What the language and Node do, as far as the analysis asks. Names are written as in code.

/** Functions that neither change an object they are handed nor give it on: builtins that only read, and HTTP functions, which copy their options. */
const LEAVES_ALONE: ReadonlySet<string> = new Set([
  'JSON.stringify', 'structuredClone', 'String', 'Number', 'Boolean', 'Object', 'isNaN', 'isFinite',
  'Object.keys', 'Object.entries', 'Object.values', 'Object.freeze', 'Object.fromEntries', 'Object.hasOwn', 'Object.is', 'Object.getOwnPropertyNames',
  'Object.getPrototypeOf', 'Object.isFrozen', 'Array.isArray', 'Number.isInteger', 'Number.isFinite', 'Number.isNaN',
  'util.inspect', 'util.format', 'util.isDeepStrictEqual', 'assert', 'assert.ok', 'assert.equal', 'assert.strictEqual', 'assert.deepEqual', 'assert.deepStrictEqual',
  'fetch', 'globalThis.fetch', 'window.fetch', 'http.request', 'http.get', 'https.request', 'https.get',
  'new Request', 'new Map', 'new Set', 'new WeakMap', 'new Error',
]);

/** The same by family: loggers, and clients with their methods. */
const LEAVES_ALONE_FAMILY = /^(?:console\.\w+|(?:axios|got|ky|(?:this\.)?(?:log|logger))(?:\.\w+)?)$/;

/**
 * Does this callee leave an object alone that it is handed? What is not known here is taken to change it.
 * @param callee as it is written: `JSON.stringify`, `new Map`, `this.logger.info`
 */
export function leavesArgumentsAlone(callee: string): boolean {
  return LEAVES_ALONE.has(callee) || LEAVES_ALONE_FAMILY.test(callee);
}

export const TIMERS: ReadonlySet<string> = new Set(['setTimeout', 'setInterval', 'setImmediate']);

/** Array methods that run their callback before they return: facts hold inside it, and it runs in order. */
export const SYNCHRONOUS_CALLBACKS: ReadonlySet<string> = new Set([
  'map', 'filter', 'forEach', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'reduce', 'reduceRight', 'flatMap', 'sort', 'toSorted',
]);

/** Calls in whose failure nobody is interested: the thing is going away. Not release, unlock, commit, rollback, ack: others wait for these. */
export const TEARDOWN_NAMES: ReadonlySet<string> = new Set([
  'close', 'end', 'destroy', 'dispose', 'stop', 'cleanup', 'shutdown', 'teardown', 'unlink', 'rm', 'kill', 'quit', 'cancel', 'abort', 'disconnect',
  'removeListener', 'removeAllListeners', 'off', 'terminate', 'unref', 'closeSync', 'unlinkSync', 'rmSync', 'disconnectSync',
]);

/**
 * Names of wrappers that may bound what they are given. A name proves nothing, so it never makes a
 * call bounded: it only keeps us from saying that an unresolved wrapper does not bound it.
 * Not here: `retry`, which bounds the number of tries and not their time; `setTimeout`, which runs
 * its callback later and lets it run; `trace`, which ends like `race`.
 */
export const MAY_BOUND =
  /(?<!\bset|\bclear)(?:[Tt]ime|TIME)[_-]?(?:d[_-]?)?(?:[Oo]ut|OUT)|[Dd]eadline|DEADLINE|[Tt]ime[_-]?[Bb]ox|[Tt]ime[_-]?[Ll]imit|[Ll]imit[_-]?[Tt]ime|(?:[Aa]bort|[Cc]ancel|[Ee]xpire|[Ff]ail)[_-]?[Aa]fter|[Ww]ithin|(?<![A-Za-z])race|Race|[Bb]ounded|[Bb]udget|[Cc]ircuit|[Bb]reaker|[Pp]olicy|[Rr]esilien/;

/** Functions that throw on bad input, as `JSON.parse` does: guarded by try, or by a check before. */
export const THROWS_ON_BAD_INPUT: ReadonlySet<string> = new Set([
  'JSON.parse', 'new URL', 'new RegExp', 'BigInt', 'decodeURIComponent', 'decodeURI', 'encodeURIComponent', 'new Intl.DateTimeFormat', 'new Intl.NumberFormat',
  'structuredClone', 'atob', 'require', 'import',
]);

/** Methods of builtins that answer null or undefined when the thing is missing. */
export const NULLABLE_METHODS: Readonly<Record<string, { readonly value: 'null' | 'undefined'; readonly receivers: readonly string[] }>> = {
  get: { value: 'undefined', receivers: ['Map', 'WeakMap'] },
  find: { value: 'undefined', receivers: ['Array'] },
  findLast: { value: 'undefined', receivers: ['Array'] },
  pop: { value: 'undefined', receivers: ['Array'] },
  shift: { value: 'undefined', receivers: ['Array'] },
  at: { value: 'undefined', receivers: ['Array', 'String'] },
  match: { value: 'null', receivers: ['String'] },
  exec: { value: 'null', receivers: ['RegExp'] },
};

/** The same for classes of the web: `headers.get('x')`. */
export const NULLABLE_WEB_METHODS: Readonly<Record<string, readonly string[]>> = {
  get: ['Headers', 'URLSearchParams', 'FormData', 'express.Request'],
  header: ['express.Request'],
  getItem: ['Storage'],
};

/** Of these, the classes that give undefined, and not null. */
export const GIVES_UNDEFINED: ReadonlySet<string> = new Set(['express.Request']);

/** Methods of an event emitter that give the emitter itself. */
export const GIVES_ITS_EMITTER: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/** Exports that turn a function with a callback into one that gives a promise, by package. */
export const PROMISIFIES: Readonly<Record<string, readonly string[]>> = {
  util: ['promisify', 'default.promisify'],
  'node:util': ['promisify', 'default.promisify'],
  'util.promisify': ['default'],
  pify: ['default'],
  'es6-promisify': ['promisify'],
};

// Functions that wait for a timer, log, report and assert, for summaries of functions.

/** Exports that give a promise which a timer settles, by package. `default` is the module called as a function. */
export const SLEEP_EXPORTS: Readonly<Record<string, readonly string[]>> = {
  // `timers` stands for `timers/promises` as well: the callback form gives nothing to wait for.
  timers: ['setTimeout', 'promises.setTimeout', 'scheduler.wait', 'promises.scheduler.wait'],
  'node:timers': ['setTimeout', 'promises.setTimeout', 'scheduler.wait', 'promises.scheduler.wait'],
  delay: ['default', 'delay', 'rangeDelay', 'range', 'reject'],
  yoctodelay: ['default'],
  'p-min-delay': ['default'],
  'p-wait-for': ['default'],
  'sleep-promise': ['default'],
  bluebird: ['delay', 'Promise.delay'],
  'es-toolkit': ['delay', 'promise.delay'],
  radash: ['sleep'],
  'modern-async': ['sleep', 'sleepCancellable', 'sleepPrecise'],
  '@std/async': ['delay'],
};

/** Globals that wait by themselves; those that end in `Sync`, and `Atomics.wait`, need no await. */
export const SLEEP_BUILTINS: ReadonlySet<string> = new Set(['scheduler.wait', 'Bun.sleep', 'Bun.sleepSync', 'Atomics.wait']);

export const BLOCKING_SLEEPS: ReadonlySet<string> = new Set(['Bun.sleepSync', 'Atomics.wait']);

/**
 * What people call a function that waits. Only asked where the function itself cannot be read, and its
 * result is awaited. Not `waitFor`: that waits for something, not for a time; nor `backoffMs`: that
 * tells how long to wait.
 */
export const SLEEP_NAMES = /^(?:async|random|jittered|exponential)?_?(?:(?:sleep|pause|snooze|wait)(?:(?:for)?_?(?:ms|millis|milliseconds|secs?|seconds|time))?(?:_?async)?|delay(?:_?async|_?promise)?|back_?off(?:_?async)?)$/i;

/** What people call a helper that runs a function once and hands its result out. */
export const KEEPS_RESULT = /^(?:(?:global|dev|server|create|get)?_?singleton|remember(?:Global)?)$/i;
/** Classes of the web whose methods may wait for data, and never for a timer. */
export const TIMELESS_WEB_CLASSES: ReadonlySet<string> = new Set(['ReadableStream', 'WritableStream', 'TransformStream', 'ReadableStreamDefaultReader', 'WritableStreamDefaultWriter', 'Response', 'Request', 'Blob', 'File']);

/** Methods that log. What counts as a logger is `LOG_RECEIVERS`. `fatal` is not here: it is handling. */
export const LOG_METHODS: ReadonlySet<string> = new Set(['trace', 'debug', 'verbose', 'silly', 'http', 'log', 'info', 'notice', 'warn', 'warning', 'error', 'critical']);

/** The last name before the method: `console`, `logger`, `this.log`, `req.log`, `auditLogger`. */
export const LOG_RECEIVERS = /^(?:console|log|logs|logger|_log|_logger|\w*(?:Log|Logger)|LOG|LOGGER|winston|pino|bunyan|signale|consola)$/;

/** Functions that log when they are called by themselves: `log('x')`, `debug('x')`. */
export const LOG_FUNCTIONS: ReadonlySet<string> = new Set(['log', 'debug', 'logger', 'warn', 'logError', 'logWarning', 'logException', 'logInfo', 'logDebug']);

/** Methods and functions that report an error to somebody, whatever they are called on. */
export const REPORT_NAMES: ReadonlySet<string> = new Set([
  'captureException', 'captureMessage', 'captureError', 'captureCheckIn', 'recordException', 'recordError', 'reportError', 'reportException', 'noticeError',
  'trackException', 'trackError', 'sendError', 'addError', 'fatal',
]);

/** Methods that report only on a receiver of this name: `span.setStatus`, `metrics.increment`, `Bugsnag.notify`. */
export const REPORT_METHODS: Readonly<Record<string, RegExp>> = {
  notify: /bugsnag|honeybadger|airbrake|pagerduty|alert/i,
  setStatus: /span/i,
  increment: /metric|stats|counter|meter|datadog|telemetry/i,
  inc: /metric|stats|counter|gauge|errors?$|failures?$/i,
  add: /counter|meter|metric/i,
  error: /rollbar|sentry|raygun|airbrake/i,
  critical: /rollbar/i,
  send: /raygun/i,
};

/** Functions that throw unless their first argument holds, by package. */
export const ASSERTION_EXPORTS: Readonly<Record<string, readonly string[]>> = {
  assert: ['default', 'ok', 'strict', 'strict.ok', 'module.exports'],
  'node:assert': ['default', 'ok', 'strict', 'strict.ok', 'module.exports'],
  'tiny-invariant': ['default'],
  invariant: ['default'],
  'ts-invariant': ['default', 'invariant'],
  'power-assert': ['default', 'ok'],
};

/** Methods of texts, lists, maps and dates. They fail on no input of their own, and nobody's logger or reporter is called so. */
export const PLAIN_METHODS: ReadonlySet<string> = new Set([
  'includes', 'startsWith', 'endsWith', 'indexOf', 'lastIndexOf', 'slice', 'substring', 'trim', 'trimStart', 'trimEnd', 'split', 'concat', 'padStart', 'padEnd',
  'toLowerCase', 'toUpperCase', 'toString', 'charAt', 'charCodeAt', 'codePointAt', 'localeCompare', 'join', 'push', 'unshift', 'pop', 'shift', 'reverse', 'keys',
  'values', 'entries', 'has', 'delete', 'clear', 'flat', 'getTime', 'getFullYear', 'getMonth', 'getDate', 'valueOf', 'hasOwnProperty', 'unref', 'hasRef',
]);

/** Builtins that throw for no input. */
export const NEVER_THROWS: ReadonlySet<string> = new Set([
  'console.log', 'console.error', 'console.warn', 'console.info', 'console.debug', 'console.trace', 'Date.now', 'performance.now', 'Math.random', 'Math.min',
  'Math.max', 'Math.floor', 'Math.ceil', 'Math.round', 'Math.pow', 'Math.abs', 'Boolean', 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'Number.isInteger',
  'Number.isFinite', 'Number.isNaN', 'Array.isArray', 'Object.is', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate',
  'queueMicrotask', 'Promise.resolve', 'Promise.reject', 'Promise.all', 'Promise.allSettled', 'Promise.race', 'Promise.any', 'Map', 'Set', 'WeakMap', 'WeakSet',
  'Error', 'TypeError', 'RangeError', 'Date', 'AbortController', 'Object', 'Headers', 'Promise',
]);

/** Globals whose functions neither leave the process nor change what others rely on; a failure of theirs is an answer. */
export const STAYS_INSIDE = /^(?:Number|String|Boolean|Math|Date|Array|Object|Symbol|Buffer|Uint8Array|TextDecoder|TextEncoder|localStorage|sessionStorage|navigator|document|window|Intl|crypto|performance|Reflect)\b/;

/** Functions of `process` after which nothing is left to handle. */
export const ENDS_PROCESS = /^process\.(?:kill|exit|chdir|emit)/;

/** Globals whose functions run other code, or can throw. */
export const MAY_THROW = /^(?:Promise|Function|Proxy|WebAssembly|Atomics|Worker|process|globalThis)\b/;

/** Builtins whose result is never null or undefined. */
export const NEVER_NULLISH: ReadonlySet<string> = new Set([
  'String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'Object.keys', 'Object.values', 'Object.entries',
  'Object.fromEntries', 'Object.assign', 'Object.hasOwn', 'Array', 'Array.from', 'Array.of', 'Array.isArray', 'Math.random', 'Math.min', 'Math.max', 'Math.floor',
  'Math.ceil', 'Math.round', 'Math.pow', 'Math.abs', 'Date.now', 'performance.now', 'Number.isInteger', 'Number.isFinite', 'Number.isNaN', 'Promise.all',
  'Promise.allSettled', 'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'Buffer.from', 'crypto.randomUUID',
]);

// What tests a value for null, for the rules about nulls.

/** Members that count what a list or a result holds: zero means that nothing is there. */
export const COUNTS: readonly string[] = ['length', 'rowCount', 'affectedRows', 'count', 'size', 'numRows'];

/** Functions that test their first argument, by package. `empty`: true for nothing, and for an empty list, text or object. */
export const NULL_TESTS: Readonly<Record<string, Readonly<Record<string, 'nullish' | 'empty' | 'there'>>>> = {
  lodash: { isNil: 'nullish', isEmpty: 'empty', isString: 'there', isArray: 'there', isObject: 'there', isPlainObject: 'there', isNumber: 'there', isFunction: 'there' },
  'lodash-es': { isNil: 'nullish', isEmpty: 'empty', isString: 'there', isArray: 'there', isObject: 'there', isPlainObject: 'there', isNumber: 'there', isFunction: 'there' },
  'lodash.isempty': { default: 'empty' },
  'lodash.isnil': { default: 'nullish' },
  radash: { isEmpty: 'empty', isArray: 'there', isObject: 'there', isString: 'there' },
  remeda: { isNil: 'nullish', isNullish: 'nullish', isEmpty: 'empty', isDefined: 'there', isNonNullish: 'there', isString: 'there' },
  'es-toolkit': { isNil: 'nullish', isNotNil: 'there', isString: 'there' },
  ramda: { isNil: 'nullish', isNotNil: 'there', isEmpty: 'empty' },
};

const NODE_ASSERTIONS = {
  same: ['equal', 'strictEqual', 'deepEqual', 'deepStrictEqual'],
  different: ['notEqual', 'notStrictEqual'],
} as const;

/** Functions that throw unless their first two arguments are the same, or differ, by package. */
export const COMPARING_ASSERTIONS: Readonly<Record<string, { readonly same: readonly string[]; readonly different: readonly string[] }>> = {
  assert: NODE_ASSERTIONS,
  'node:assert': NODE_ASSERTIONS,
};

/** Environment variables that a shell or Node sets. */
export const ALWAYS_SET: ReadonlySet<string> = new Set(['PATH', 'HOME', 'PWD', 'USER', 'SHELL', 'LANG', 'TMPDIR', 'NODE_ENV']);

/** Methods of a list that give a list. */
export const LIST_METHODS: ReadonlySet<string> = new Set(['filter', 'map', 'slice', 'sort', 'toSorted', 'reverse', 'toReversed', 'flat', 'flatMap', 'concat', 'splice']);

/** Members of classes of the web that are of such a class themselves. */
export const MEMBERS_OF_WEB_CLASSES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  URL: { searchParams: 'URLSearchParams' },
  Request: { headers: 'Headers' },
  Response: { headers: 'Headers' },
};

/** Names of functions that look at what they are handed, and of what such functions hang on. A name proves nothing: it only keeps us silent. */
export const TESTING_NAMES = /assert|invariant|expect|ensure|check|valid|verif|guard|require|must|throw|fail|notNull|nonNull|defined|isEmpty|^is[A-Z]|^has[A-Z]|^ok$|^size$|^isNil$/i;
export const TESTING_OWNERS = /^(?:assert|expect|should|chai|invariant|t)$/;

/** Names of functions that look at what was read from a cache, as above. */
export const CHECKING_NAMES =
  /pars|valid|schema|check|assert|decod|guard|ensure|deserial|hydrat|reviv|unpack|inflate|^is[A-Z]|from[A-Z]|verif|match|test$|filter|length|keys$|cast|transform|convert|plainTo/i;

/** Lists that hold an item wherever they are there: the issues of a failed schema parse. */
export const NEVER_EMPTY_MEMBERS = /(?:^|\.)(?:error|err|e|zodError|parsed)\.(?:issues|errors)$/;

/** Packages of Observables, whose operators change neither when an Observable ends nor how, but for those below and those that a model knows. */
export const OPERATOR_PACKAGES: ReadonlySet<string> = new Set(['rxjs']);

/** Operators that end when another Observable does, which may be a timer. */
export const ENDED_BY_ANOTHER: ReadonlySet<string> = new Set(['takeUntil', 'race', 'raceWith', 'pipe']);

/**
 * Versions of Node on which `AbortSignal.any([signal, AbortSignal.timeout(ms)])` fires although nothing else
 * holds the joined signal. Run with a collection between call and limit: 20.20.2, 22.13.0, 22.14.0 and 22.15.0
 * never fire; 22.16.0 to 22.23.3 and 24.0.0 to 24.21.0 do (nodejs/node#57736).
 */
export const KEEPS_JOINED_SIGNALS = '^22.16.0 || >=24.0.0';
