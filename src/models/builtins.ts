// What the language and Node do, as far as the analysis asks. Names are written as in code.

/** Builtin functions that do not change their arguments, and keep no reference through which others could. */
export const LEAVES_ARGUMENTS_UNCHANGED: ReadonlySet<string> = new Set([
  'JSON.stringify', 'JSON.parse', 'structuredClone', 'String', 'Number', 'Boolean', 'BigInt', 'parseInt', 'parseFloat', 'isNaN', 'isFinite',
  'Object.keys', 'Object.entries', 'Object.values', 'Object.freeze', 'Object.fromEntries', 'Object.hasOwn', 'Object.is', 'Object.getOwnPropertyNames',
  'Object.getPrototypeOf', 'Object.isFrozen', 'Object.groupBy', 'Array.isArray', 'Array.from', 'Array.of', 'Number.isInteger', 'Number.isFinite',
  'Number.isNaN', 'Math.max', 'Math.min', 'util.inspect', 'util.format', 'util.isDeepStrictEqual', 'assert', 'assert.ok', 'assert.equal',
  'assert.strictEqual', 'assert.deepEqual', 'assert.deepStrictEqual', 'Promise.all', 'Promise.race', 'Promise.any', 'Promise.allSettled', 'Promise.resolve',
  'console.log', 'console.error', 'console.warn', 'console.info', 'console.debug', 'console.trace', 'console.dir', 'console.table', 'console.assert',
]);

export const TIMERS: ReadonlySet<string> = new Set(['setTimeout', 'setInterval', 'setImmediate']);

/** Timers that run their callback once; after it nothing more comes. */
export const ONE_SHOT_TIMERS: ReadonlySet<string> = new Set(['setTimeout', 'setImmediate']);

/** The largest delay of a timer; anything above fires at once (Node clamps it to 1 ms). */
export const MAX_TIMER_DELAY = 2 ** 31 - 1;

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
  get: ['Headers', 'URLSearchParams', 'FormData'],
  getItem: ['Storage'],
};
