/**
 * What names tell of a call or function whose failure somebody leaves without a word. Data for the
 * facts of error handlers; a name only ever makes them silent, or chooses a word of a message.
 */

/** Names of the kind of thing a call does away with: nobody waits for its success. First word of a method or function. */
export const TEARDOWN_WORDS: ReadonlySet<string> = new Set([
  'close', 'end', 'destroy', 'dispose', 'stop', 'cleanup', 'shutdown', 'teardown', 'unlink', 'rm', 'rmdir', 'kill', 'quit', 'cancel', 'abort', 'disconnect',
  'terminate', 'unref', 'unsubscribe', 'unregister', 'deregister', 'detach', 'unwatch', 'off', 'logout', 'signout',
]);

/** Words that make a whole function one of teardown, wherever they stand in its name. */
export const TEARDOWN_FUNCTION_WORDS: ReadonlySet<string> = new Set([
  'close', 'destroy', 'dispose', 'stop', 'cleanup', 'shutdown', 'teardown', 'kill', 'quit', 'cancel', 'abort', 'disconnect', 'terminate', 'exit', 'unsubscribe', 'unregister', 'deregister', 'logout', 'signout',
]);

/** Ends of a session: the side that is here is signed out whatever the other answers. */
export const ENDS_SESSION = /^(?:log|sign)_?out|^(?:delete|destroy|end|invalidate|revoke)_?Session$|^revoke(?:(?:Access|Refresh)?_?Tokens?)?$/i;

/** Others wait for these, whatever else their name says: a lock that is not given back, a message that comes again. */
export const NEVER_TEARDOWN_WORDS: ReadonlySet<string> = new Set(['release', 'unlock', 'commit', 'rollback', 'ack', 'nack', 'flush']);

/** Events after which the listener is teardown: `process.on('SIGTERM')`, `signal.addEventListener('abort')`. */
export const TEARDOWN_EVENTS = /^(?:SIG[A-Z]+|exit|beforeExit|close|abort|aborted|disconnect|onClose|end|finish)$/;

/** A function that asks: its `false`, `null` or `undefined` is the answer. First word of its name. */
export const QUESTION_WORDS: ReadonlySet<string> = new Set([
  'is', 'has', 'can', 'should', 'does', 'did', 'was', 'will', 'needs', 'verify', 'check', 'validate', 'exists', 'supports', 'ping', 'health', 'healthy', 'healthcheck', 'probe', 'test', 'detect',
  'assert', 'matches', 'allows', 'compare', 'equals', 'resolve', 'discover',
]);

/** A function whose name says that it may fail: the caller knows. */
export const SAYS_IT_MAY_FAIL = /^[_#]*(?:try|safe|safely|maybe|attempt|bestEffort|best_effort|optional|warm|warmup|prefetch|preload|parse|decode|deserialize|guess|infer)(?=$|[A-Z_\d])|(?:Safe|Safely|OrNull|OrUndefined|OrDefault|OrEmpty|OrFalse|OrFallback|OrThrow|Quietly|Silently|Silent|IfPossible|IfExists|IfAny|IfPresent|BestEffort|Best_effort|NoThrow|Fallback|FireAndForget)(?=$|[A-Z\d])/;

/** What is sent for statistics, hints and warm-ups: its loss is part of the plan. A word anywhere in the name or its receiver. */
export const BEST_EFFORT_WORDS: ReadonlySet<string> = new Set([
  'telemetry', 'analytics', 'metric', 'metrics', 'track', 'tracker', 'tracking', 'posthog', 'sentry', 'segment', 'mixpanel', 'amplitude', 'datadog', 'statsd', 'log', 'logger', 'logs', 'debug', 'trace',
  'span', 'breadcrumb', 'warmup', 'prefetch', 'preload', 'heartbeat', 'typing', 'progress', 'spinner', 'beacon', 'captureexception',
]);

/** First words of calls that ask for logs, or delete them, as for any other data: `getTriggerLogs`, `deleteLogs`. */
export const LOGS_AS_DATA: ReadonlySet<string> = new Set(['get', 'list', 'find', 'fetch', 'load', 'read', 'query', 'search', 'count', 'delete', 'remove', 'purge', 'export', 'download', 'archive']);

/** Functions that do nothing but send such things. A word anywhere in the function's own name, or its class's. */
export const BEST_EFFORT_FUNCTION_WORDS: ReadonlySet<string> = new Set([
  'telemetry', 'analytics', 'metric', 'metrics', 'track', 'tracking', 'posthog', 'sentry', 'mixpanel', 'amplitude', 'datadog', 'statsd', 'heartbeat', 'warmup', 'prefetch', 'preload', 'span', 'spans', 'trace', 'traces', 'tracer', 'tracing', 'otlp', 'cached',
]);

/** Reading of a body, a parse: wrong input is expected. Last name of a call. */
export const PARSE_METHODS: ReadonlySet<string> = new Set([
  'json', 'text', 'arrayBuffer', 'blob', 'formData', 'bytes', 'parse', 'parseAsync', 'safeParse', 'decode', 'deserialize', 'fromJSON', 'verify', 'validate', 'match', 'exec', 'test', 'compile', 'transform',
  'stringify', 'inspect', 'toJSON', 'format', 'fromISO', 'parseJSON', 'parseUrl',
]);

/** Modules of Node and packages that read and write files by the same names. */
export const FILE_PACKAGES: ReadonlySet<string> = new Set(['fs', 'fs-extra', 'graceful-fs']);

/** Modules of Node that start other processes. */
export const PROCESS_MODULES: ReadonlySet<string> = new Set(['child_process']);

/** Functions of `node:fs` that look whether something is there; an absent file is an answer. */
export const FILE_PROBES: ReadonlySet<string> = new Set([
  'stat', 'lstat', 'fstat', 'access', 'exists', 'realpath', 'readlink', 'readFile', 'readdir', 'opendir', 'open', 'mkdir', 'statfs', 'native', 'createReadStream', 'read', 'watch', 'watchFile', 'constants',
]);

/** Functions of `node:fs` that change what others read. */
export const FILE_WRITES: ReadonlySet<string> = new Set(['writeFile', 'appendFile', 'rename', 'copyFile', 'cp', 'truncate', 'ftruncate', 'symlink', 'link', 'write', 'writev']);

/** Packages of Node whose functions neither leave the process nor change anything. */
export const PURE_NODE_MODULES: ReadonlySet<string> = new Set(['path', 'url', 'util', 'crypto', 'zlib', 'buffer', 'os', 'querystring', 'string_decoder', 'assert', 'v8', 'vm', 'module', 'punycode', 'process', 'events', 'async_hooks', 'perf_hooks', 'timers', 'stream']);

/** Packages whose `.catch(f)` gives a default to a schema. */
export const SCHEMA_PACKAGES: ReadonlySet<string> = new Set(['zod', 'valibot', 'yup', '@sinclair/typebox', 'effect', '@effect/schema', 'myzod']);

/** Names under which a schema builder is imported: as above. */
export const SCHEMA_NAMES: ReadonlySet<string> = new Set(['z', 'zod', 'yup', 'Joi']);

/** What a method or function of this first word does to the other side, for the words of a message. */
export const VERBS: Readonly<Record<string, 'payment' | 'commit' | 'lock' | 'ack' | 'publish' | 'write'>> = {
  charge: 'payment', refund: 'payment', capture: 'payment', transfer: 'payment', payout: 'payment', pay: 'payment',
  commit: 'commit', rollback: 'commit',
  unlock: 'lock', release: 'lock', lock: 'lock', acquire: 'lock',
  ack: 'ack', nack: 'ack', acknowledge: 'ack',
  publish: 'publish', enqueue: 'publish', produce: 'publish', dispatch: 'publish', send: 'publish', emit: 'publish', notify: 'publish',
  save: 'write', insert: 'write', create: 'write', update: 'write', upsert: 'write', delete: 'write', remove: 'write', destroy: 'write', set: 'write', put: 'write', write: 'write', store: 'write', persist: 'write',
  append: 'write', add: 'write', register: 'write', upload: 'write', increment: 'write', decrement: 'write', patch: 'write', post: 'write', del: 'write', drop: 'write', truncate: 'write', sync: 'write',
  invalidate: 'write', purge: 'write', revoke: 'write', archive: 'write', restore: 'write', migrate: 'write', record: 'write', mark: 'write', expire: 'write', incr: 'write', setex: 'write', hset: 'write',
};

/** A counter, a limit or a mark in a cache saves nothing of what a caller sent. Anywhere in the text of a callee. */
export const SAVES_NOTHING = /cache|redis|ratelimit|limiter|kv\b|session/i;

/** Names of functions that do nothing. */
export const NOOP_NAMES = /^_?(?:noop|no_op|noOp|NOOP|nop|doNothing|ignore|ignoreError|ignoreErrors|swallow|swallowError)$/;

/** A comment in front of the guarded statement, or of its function, that speaks of failure speaks of the handler too. */
export const SPEAKS_OF_FAILURE = /\b(?:fail\w*|fall(?:s|ing)? ?back|fallback|errors?|exceptions?|best[- ]effort|never throws?|throws?|unavailable|unreachable|swallow\w*|ignor\w+|silent\w*|optional\w*|absent|missing|non-?fatal|non-?critical|non-?blocking|fire[- ]and[- ]forget|graceful\w*|degrad\w+|tolerat\w+|harmless|no-?op|may(?:be)?|might|already|in case|if (?:any|possible|it exists|present|available)|(?:not|n't|never) (?:exist|matter|care|need|block|support\w*|available)|unsupported|race|attempt(?: to)?|try(?:ing)?(?: to)?)\b/i;

/** Comments to tools, and marks without words. */
export const TOOL_COMMENT = /^[\s*]*(?:eslint|oxlint|biome|istanbul|c8|v8|ts-|@ts|prettier|jshint|jslint|tslint|deno|sonar|nosonar|no-?empty|webpack|vite|@vite|#__)/i;

/** Words that say that nothing is done, and not why. */
export const NO_REASON_WORDS: ReadonlySet<string> = new Set([
  'ignore', 'ignored', 'ignoring', 'ignores', 'noop', 'no', 'op', 'nop', 'nothing', 'to', 'do', 'here', 'empty', 'block', 'catch', 'swallow', 'swallowed', 'silent', 'silently', 'fail', 'fails', 'failed', 'failure', 'failures',
  'error', 'errors', 'err', 'exception', 'exceptions', 'this', 'the', 'it', 'all', 'any', 'intentionally', 'intentional', 'deliberately', 'just', 'skip', 'skipped', 'pass', 'continue', 'todo', 'fixme', 'xxx', 'handle', 'handled', 'we', 'can',
  'safe', 'safely', 'ok', 'okay', 'fine', 'is', 'are', 'be', 'should', 'not', "don't", 'care', 'dont', 'never', 'mind', 'leave', 'left', 'purposely', 'purpose', 'on', 'and', 'a', 'an', 'of', 'suppress', 'suppressed', 'quiet', 'quietly', 'eat', 'gracefully',
]);

/** Keys of an answer that, when true, say that all is well. */
export const SUCCESS_KEYS = /^(?:success|ok|updated|created|saved|deleted|sent|done|completed|processed)$/i;

/** Names of constants that say so: `DeletionResult.DELETED`. */
export const SUCCESS_NAMES = /^(?:success|succeeded|ok|updated|created|saved|deleted|sent|done|completed|processed)$/i;

/** Keys of an answer that tell failure from success: `{ success: false }`, `{ error: 'x' }`. */
export const OUTCOME_KEYS = /^(?:success|ok|error|errors|err|failed|failure|status|statusCode|state|valid|isValid|message|msg|reason|code|result|type|kind|outcome|available|connected|healthy|_tag|found|exists|enabled|skipped|allowed|verified|authenticated|ready|hasError|isError|degraded|stale|unavailable|unknown)$/i;

/** Types that hold either a result or an error, named by the second of their arguments. */
export const RESULT_TYPES: ReadonlySet<string> = new Set(['Result', 'ResultAsync', 'AsyncResult', 'Either', 'TypedResult', 'PromisedResult']);

/**
 * Methods that answer a failure with `{ err }` and do not reject, by package.
 * `@unkey/cache`: https://www.unkey.com/docs/libraries/ts/cache/overview
 */
export const ERROR_VALUE_METHODS: Readonly<Record<string, ReadonlySet<string>>> = {
  '@unkey/cache': new Set(['get', 'set', 'remove', 'swr', 'getMany', 'setMany']),
};

/** Properties whose value is only where a form or a setting starts. */
export const STARTING_VALUE = /^(?:default|initial)(?=$|[A-Z_])/;

/** Folders that hold other people's code, and those that do where the file's head says so. */
export const VENDOR_FOLDER = /(?:^|[\\/])(?:vendor|vendors|vendored|third_party|third-party|thirdparty)[\\/]/;
export const LIBRARY_FOLDER = /(?:^|[\\/])libs?[\\/].*\.[cm]?js$/;
export const LICENSE_HEADER = /\b(?:licen[sc]ed? under|released under|copyright|permission is hereby granted)\b|@licen[sc]e\b|\(c\)\s*(?:19|20)\d\d/i;

/** Methods that cannot fail here when nobody waits for them: a stream tells its errors by an event, a text has none. */
export const QUIET_UNLESS_AWAITED: ReadonlySet<string> = new Set(['write', 'replace', 'replaceAll']);
