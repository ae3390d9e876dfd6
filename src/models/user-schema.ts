import { seamSchema } from './user-seam-schema.js';

type Valibot = typeof import('valibot');

const KINDS = ['http', 'rpc', 'db', 'cache', 'queue', 'sdk', 'exec'] as const;
const EFFECTS = ['read', 'write', 'by-http-method', 'by-sql', 'none', 'unknown'] as const;
const COVERS = ['queue', 'connect', 'headers', 'idle', 'attempt', 'total', 'server'] as const;
const ZERO = ['unlimited', 'default', 'invalid', 'immediate'] as const;
const MODES = ['reply', 'stream', 'blocking'] as const;
const LENT = ['connection', 'resource', 'session', 'transaction', 'lock', 'file', 'browser', 'page', 'span'] as const;
const POOL_LIMITS = ['size', 'wait', 'waiters', 'sockets'] as const;

/**
 * The schema of `types.ts` for models that users write: strict, so that a typing error is found, and
 * with defaults for what is bookkeeping. The library comes as an argument, so that it is loaded by need.
 */
export function createSchemas(v: Valibot) {
  const text = v.pipe(v.string(), v.nonEmpty());
  const texts = v.array(text);
  const count = v.pipe(v.number(), v.integer(), v.minValue(0));
  const scalar = v.union([v.string(), v.number(), v.boolean()]);
  const at = v.pipe(v.array(v.picklist(['call', 'client'])), v.nonEmpty());
  const argument = v.strictObject({ at: v.union([v.array(count), v.literal('last')]), after: v.optional(count), keys: v.optional(texts), path: v.optional(text), factory: v.optional(text), plain: v.optional(v.literal(true)) });
  const optionEquals = v.strictObject({ argument: v.optional(argument), path: text, equals: scalar });
  const empty = v.strictObject({
    path: v.string(),
    value: v.picklist(['null', 'undefined', 'false', '{}', '[]', "''", '0']),
    sql: v.optional(argument),
    unless: v.optional(v.array(optionEquals)),
    unsaid: v.optional(v.boolean()),
    atOnce: v.optional(v.literal(true)),
    asks: v.optional(texts),
  });
  const blockingWhen = v.strictObject({ argument: text });
  const cacheWord = v.strictObject({ argument: v.optional(argument), word: v.optional(text) });
  const cache = v.strictObject({
    role: v.picklist(['read', 'write', 'delete', 'expire', 'persist', 'wrap']),
    key: v.optional(argument),
    field: v.optional(argument),
    value: v.optional(argument),
    loader: v.optional(argument),
    ttl: v.optional(v.array(v.strictObject({ unit: v.picklist(['s', 'ms', 'epoch-s', 'epoch-ms']), argument: v.optional(argument), word: v.optional(text) }))),
    keepsTtl: v.optional(v.array(cacheWord)),
    unlessThere: v.optional(v.array(cacheWord)),
    holds: v.optional(v.picklist(['text', 'json', 'reference']), 'json'),
  });
  const keyspace = v.strictObject({ does: v.picklist(['lists', 'walks', 'empties', 'watches']), command: text, narrowedBy: v.optional(v.array(cacheWord)) });

  const bound = v.strictObject({
    // Empty: the argument is the number itself, `new Client(ms)`.
    path: v.string(),
    fixed: v.optional(v.literal(true)),
    at: v.optional(at, ['call', 'client']),
    covers: v.picklist(COVERS),
    unit: v.optional(v.picklist(['ms', 's', 'epoch-ms']), 'ms'),
    default: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0))), null),
    zero: v.optional(v.picklist(ZERO)),
    rejects: v.optional(v.boolean()),
    requires: v.optional(v.strictObject({ path: text, equals: scalar })),
    shorthand: v.optional(v.boolean()),
    off: v.optional(v.array(v.union([v.literal(false), v.null(), v.literal('Infinity')]))),
    clients: v.optional(texts),
    effects: v.optional(v.array(v.picklist(EFFECTS))),
    env: v.optional(texts),
    urlParameter: v.optional(text),
    versions: v.optional(text),
    note: v.optional(text),
    source: v.optional(text, 'user'),
  });

  const command = v.strictObject({ effect: v.optional(v.picklist(EFFECTS)), mode: v.optional(v.picklist(MODES)), blockingWhen: v.optional(blockingWhen), empty: v.optional(empty), keyspace: v.optional(keyspace) });

  const operationFields = {
    // The last argument, if it can be an options object: an argument of unknown content keeps us silent.
    options: v.optional(argument, { at: 'last' }),
    url: v.optional(argument),
    absoluteUrlOnly: v.optional(v.boolean()),
    noEdit: v.optional(v.literal(true)),
    effect: v.optional(v.picklist(EFFECTS), 'unknown'),
    mode: v.optional(v.picklist(MODES)),
    collected: v.optional(v.literal(true)),
    lazy: v.optional(v.picklist(['then', 'subscribe', 'exec'])),
    followsRedirects: v.optional(v.literal(false)),
    tagOnly: v.optional(v.boolean()),
    chained: v.optional(v.array(v.strictObject({ method: text, path: v.string(), argument: v.optional(count), before: v.optional(v.literal(true)), covers: v.picklist(COVERS), endsBy: v.optional(text) }))),
    streamBody: v.optional(text),
    streamsToCallback: v.optional(v.literal(true)),
    streamWhen: v.optional(v.array(optionEquals)),
    blockingWhen: v.optional(blockingWhen),
    streamWithoutCallback: v.optional(v.boolean()),
    waits: v.optional(v.array(v.picklist(COVERS))),
    byCommand: v.optional(v.strictObject({ argument, commands: v.record(text, command) })),
    empty: v.optional(empty),
    gives: v.optional(text),
    hands: v.optional(v.strictObject({ argument: count, client: text })),
    cache: v.optional(cache),
    keyspace: v.optional(keyspace),
    ends: v.optional(texts),
  };
  const operation = v.strictObject(operationFields);
  const asOperation = v.strictObject({ is: v.literal('operation'), ...operationFields });
  const construct = {
    makes: text,
    options: v.optional(argument, { at: [0] }),
    url: v.optional(v.strictObject({ argument: v.optional(argument), path: v.optional(text) })),
    env: v.optional(texts),
    more: v.optional(argument),
    from: v.optional(argument),
    statics: v.optional(text),
  };
  const asClient = v.strictObject({ is: v.literal('client'), client: text });
  const asFactory = v.strictObject({ is: v.literal('factory'), ...construct });
  const asChain = v.strictObject({ is: v.literal('chain'), client: text, computed: v.optional(text) });
  const exported = v.variant('is', [
    asClient,
    v.strictObject({ is: v.literal('class'), ...construct }),
    asFactory,
    asOperation,
    v.strictObject({ is: v.literal('options'), options: argument }),
    v.strictObject({ is: v.literal('same'), argument }),
  ]);

  const shape = v.strictObject({
    title: v.optional(text),
    operations: v.record(v.string(), operation),
    members: v.optional(v.record(v.string(), v.variant('is', [asClient, asFactory, asChain]))),
    awaited: v.optional(operation),
    perCall: v.optional(v.boolean()),
    harmless: v.optional(texts),
    types: v.optional(texts),
    registrations: v.optional(v.array(v.strictObject({ call: text, options: v.optional(argument, { at: [0] }), opaque: v.optional(v.boolean()), package: v.optional(text) }))),
  });

  const beside = v.strictObject({ path: text, text, needed: v.optional(v.boolean()) });
  const edit = v.strictObject({
    at: v.picklist(['call', 'client']),
    path: v.optional(v.string(), ''),
    value: v.optional(v.picklist(['ms', 'signal', 'deadline']), 'ms'),
    chain: v.optional(text),
    beside: v.optional(v.union([beside, v.array(beside)])),
    clients: v.optional(texts),
    versions: v.optional(text),
  });

  // JSON has no Infinity.
  const endless = v.pipe(v.literal('Infinity'), v.transform(() => Infinity));
  const retryNumber = v.strictObject({ path: v.optional(text), byDefault: v.union([v.number(), endless]) });

  const retry = v.strictObject({
    retries: v.union([count, endless]),
    option: v.optional(text),
    counts: v.optional(v.picklist(['retries', 'attempts'])),
    env: v.optional(texts),
    methods: v.optional(v.union([texts, v.literal('all')]), 'all'),
    methodsOption: v.optional(text),
    condition: v.optional(v.strictObject({ path: text, sparesWrites: v.optional(texts, []), repeatsWrites: v.optional(texts, []) })),
    backoff: v.optional(v.picklist(['none', 'fixed', 'exponential']), 'none'),
    jitter: v.optional(v.boolean(), false),
    afterReply: v.optional(texts),
    failover: v.optional(v.literal(true)),
    stays: v.optional(v.literal(true)),
    at: v.optional(v.array(v.picklist(['call', 'client']))),
    chosenBy: v.optional(v.union([v.strictObject({ path: text }), v.strictObject({ argument: count, all: text, but: v.strictObject({ text, imports: text }) })])),
    waits: v.optional(v.strictObject({ first: retryNumber, factor: retryNumber, most: v.optional(retryNumber) })),
    retriesTimeouts: v.optional(v.boolean()),
    shorthand: v.optional(v.boolean()),
    forever: v.optional(text),
    delay: v.optional(texts),
    growth: v.optional(v.strictObject({ path: text, when: v.optional(v.array(scalar)), unless: v.optional(v.array(scalar)) })),
    randomness: v.optional(v.strictObject({ path: text, off: v.optional(v.array(scalar)), versions: v.optional(text) })),
    edits: v.optional(
      v.array(
        v.strictObject({
          adds: v.picklist(['delay', 'growth', 'cap', 'limit', 'jitter']), path: text, text, replaces: v.optional(text),
          least: v.optional(v.strictObject({ option: text, default: v.number() })), imports: v.optional(text), versions: v.optional(text),
        }),
      ),
    ),
    note: v.optional(text),
    source: v.optional(text, 'user'),
  });

  const bookkeeping = {
    id: v.optional(text),
    overrides: v.optional(v.pipe(texts, v.nonEmpty())),
    title: v.optional(text),
    versions: v.optional(text),
    checked: v.optional(texts, []),
    retry: v.optional(retry),
    sources: v.optional(v.record(text, text)),
    verified: v.optional(v.picklist(['source', 'source+test', 'docs']), 'docs'),
  };

  const client = v.strictObject({
    ...bookkeeping,
    kind: v.optional(v.picklist(KINDS), 'http'),
    packages: v.optional(texts, []),
    otherModules: v.optional(texts),
    callbackModules: v.optional(texts),
    globals: v.optional(v.record(text, exported)),
    exports: v.optional(v.record(text, exported), {}),
    clients: v.optional(v.record(text, shape), {}),
    service: v.optional(v.union([text, v.literal(false)])),
    bounds: v.optional(v.array(bound), []),
    driver: v.optional(v.strictObject({ chosenBy: v.optional(text), known: v.optional(texts, []) })),
    waitsBy: v.optional(v.array(v.strictObject({ path: text, equals: v.nullable(scalar) }))),
    replacedBy: v.optional(texts),
    signal: v.optional(
      v.strictObject({ path: text, at: v.optional(at, ['call']), bounds: v.optional(v.boolean()), versions: v.optional(text), source: v.optional(text, 'user') }),
    ),
    mutators: v.optional(
      v.array(
        v.strictObject({
          text,
          by: v.picklist(['assign', 'call']),
          path: text,
          onClient: v.optional(text),
          sets: v.optional(text),
          options: v.optional(argument),
          opaqueUnless: v.optional(texts),
          replaces: v.optional(v.boolean()),
          affects: v.optional(texts),
        }),
      ),
    ),
    seam: v.optional(seamSchema(v)),
    errors: v.optional(v.strictObject({ timeout: v.optional(texts, []), nothingSent: v.optional(texts), optional: v.optional(v.array(v.strictObject({ path: text, when: text }))) })),
    repeat: v.optional(
      v.strictObject({
        again: v.optional(texts),
        same: v.optional(texts),
        guards: v.optional(texts),
        note: v.optional(text),
        keys: v.optional(v.array(v.strictObject({ path: text, at: v.picklist(['call', 'client', 'command']), isSwitch: v.optional(v.literal(true)) }))),
        identities: v.optional(v.strictObject({ argument, path: v.optional(text) })),
        source: v.optional(text, 'user'),
      }),
    ),
    pool: v.optional(
      v.array(
        v.strictObject({
          limits: v.picklist(POOL_LIMITS),
          path: text,
          default: v.union([count, v.literal('unlimited')]),
          zero: v.optional(v.picklist(ZERO)),
          clients: v.optional(texts),
          or: v.optional(texts),
          unless: v.optional(v.strictObject({ path: text, equals: scalar })),
          urlParameter: v.optional(text),
          byDriver: v.optional(v.literal(true)),
          source: v.optional(text, 'user'),
        }),
      ),
    ),
    lends: v.optional(
      v.array(
        v.strictObject({
          client: v.optional(text),
          call: text,
          lent: v.picklist(LENT),
          title: text,
          returned: v.pipe(
            v.array(v.variant('by', [v.strictObject({ by: v.picklist(['method', 'argument', 'lender']), name: text }), v.strictObject({ by: v.literal('call') })])),
            v.nonEmpty(),
          ),
          byOutcome: v.optional(v.literal(true)),
          atOnce: v.optional(v.literal(true)),
          element: v.optional(count),
          runsFunction: v.optional(v.literal(true)),
          opens: v.optional(texts),
          expires: v.optional(v.literal(true)),
          keeps: v.optional(texts),
          endedBy: v.optional(texts),
          source: v.optional(text, 'user'),
        }),
      ),
    ),
    edits: v.optional(v.array(edit)),
    unbounded: v.optional(text),
    unboundedElsewhere: v.optional(text),
    mendIn: v.optional(v.array(v.strictObject({ versions: text, text }))),
    mendBare: v.optional(text),
    mend: v.optional(text),
    unmendable: v.optional(v.boolean()),
    movesMoney: v.optional(v.boolean()),
    expiry: v.optional(v.strictObject({ options: v.optional(texts, []), source: v.optional(text, 'user') })),
    keyWalk: v.optional(v.record(text, v.strictObject({ text, yields: v.picklist(['key', 'keys']) }))),
    inProcess: v.optional(v.picklist(['always', 'by-store'])),
    storeOptions: v.optional(texts),
  });

  const policy = v.strictObject({
    ...bookkeeping,
    packages: v.pipe(texts, v.nonEmpty()),
    exports: v.record(
      text,
      v.strictObject({
        does: v.picklist(['bounds-promise', 'bounds-function', 'bounds-stream', 'makes-policy', 'combines', 'passes']),
        subject: v.optional(argument),
        limit: v.optional(
          v.strictObject({ argument, path: v.optional(v.string(), ''), default: v.optional(v.nullable(v.number()), null), zero: v.optional(v.picklist(ZERO)) }),
        ),
        cooperative: v.optional(
          v.union([v.strictObject({ unlessArgument: count, is: text, equals: v.optional(text), path: v.optional(text) }), v.literal('always')]),
        ),
        retries: v.optional(v.boolean()),
        retryOptions: v.optional(argument),
        retryMethods: v.optional(v.record(text, argument)),
        breaker: v.optional(v.strictObject({ open: text })),
        attachesTo: v.optional(argument),
        runs: v.optional(v.strictObject({ methods: v.array(v.string()), signal: v.optional(text) })),
        versions: v.optional(text),
      }),
    ),
  });

  /** What a file of models holds; `$schema` is for the editor. */
  const file = v.strictObject({ $schema: v.optional(text), models: v.array(v.union([client, policy])) });

  // By name, so that the JSON schema says each of them once.
  const definitions = { ArgumentRef: argument, OptionEquals: optionEquals, CacheWord: cacheWord, CacheModel: cache, KeyspaceModel: keyspace, EmptyResult: empty, CommandModel: command, OperationModel: operation, ExportModel: exported, ClientShape: shape, BoundModel: bound, RetryModel: retry, RetryNumber: retryNumber, EditModel: edit, ClientModel: client, PolicyModel: policy };
  return { v, client, policy, file, definitions };
}

export type UserSchemas = ReturnType<typeof createSchemas>;
