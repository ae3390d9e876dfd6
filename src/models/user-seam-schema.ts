import type { OutcomesName } from './outcomes.js';
import type { SeamClient, SectionName } from './seam-types.js';

type Valibot = typeof import('valibot');

const SEAMS = ['adapter', 'fetch-option', 'handler', 'dispatcher', 'middleware', 'extension', 'interceptor', 'call', 'none'] as const;
const OUTCOMES = ['http', 'aws', 'grpc', 'postgres', 'prisma', 'redis'] as const satisfies readonly OutcomesName[];
const WORDS = ['fetch', 'undici', 'axios', 'got', 'ky', 'nest', 'aws-sdk', 'grpc', 'prisma', 'pg', 'ioredis', 'redis'] as const satisfies readonly SeamClient[];
const SECTIONS = ['axiosAdapter', 'gotHandler', 'grpcPolicy', 'kyFetch', 'store', 'throughPolicy'] as const satisfies readonly SectionName[];

/** The part of `user-schema.ts` about where a policy can be put. */
export function seamSchema(v: Valibot) {
  const text = v.pipe(v.string(), v.nonEmpty());
  const texts = v.array(text);
  const service = v.variant('is', [
    v.strictObject({ is: v.literal('option'), path: text }),
    v.strictObject({ is: v.literal('argument'), at: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
    v.strictObject({ is: v.literal('package'), after: text, address: text, among: text, slow: v.optional(texts, []) }),
    v.strictObject({ is: v.literal('constant'), name: text }),
  ]);
  const write = v.strictObject({
    section: v.picklist(SECTIONS),
    form: v.picklist(['option', 'list', 'around', 'chain']),
    path: v.optional(v.string(), ''),
    beside: v.optional(v.array(v.strictObject({ path: text, text }))),
    notWith: v.optional(texts),
    note: v.optional(text),
    service,
    own: v.optional(
      v.strictObject({
        retries: v.strictObject({ paths: texts, told: v.optional(v.literal('once'), 'once') }),
        bound: v.optional(v.strictObject({ path: text, told: v.optional(v.literal('attempt'), 'attempt') })),
      }),
    ),
  });
  return v.strictObject({
    kind: v.picklist(SEAMS),
    path: v.optional(text),
    note: v.optional(text),
    outcomes: v.optional(v.picklist(OUTCOMES)),
    client: v.optional(v.picklist(WORDS)),
    on: v.optional(texts),
    service: v.optional(text),
    lazy: v.optional(v.literal(true)),
    readers: v.optional(texts),
    write: v.optional(write),
    takesSignal: v.optional(v.literal(false)),
    policies: v.optional(v.picklist(['all', 'unsent'])),
    versions: v.optional(text),
    of: v.optional(v.strictObject({ package: text, versions: text })),
    tried: v.optional(v.boolean(), false),
  });
}
