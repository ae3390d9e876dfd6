import type { Rule } from 'eslint';
import { createRule } from '../src/eslint/create-rule.js';
import { decisionsWanted, recordDecision } from '../src/eslint/decisions.js';
import { factsOf, type LintedFile } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import type { TimeBound } from '../src/facts/time-bounds.js';
import { wordsOf } from '../src/facts/unbounded-words.js';
import { addTimeout } from '../src/mends/add-timeout.js';
import type { ClientKind } from '../src/models/types.js';

/** Options of `require-timeout`. */
export interface Options {
  /** What to ask a bound of. */
  readonly kinds?: readonly ClientKind[];
  /** The limit that suggestions write, ms. */
  readonly suggestedMs?: number;
}

const KINDS: readonly ClientKind[] = ['http', 'rpc', 'db', 'cache', 'queue', 'sdk', 'exec'];
const DEFAULT_KINDS: readonly ClientKind[] = ['http', 'rpc', 'cache', 'sdk'];
const DEFAULT_MS = 10_000;

export default createRule({
  name: 'require-timeout',
  meta: {
    type: 'problem',
    docs: {
      family: 'timeouts',
      tier: 'recommended',
      description: 'require a time bound on every outbound call',
      finds: { one: 'unbounded call or client', many: 'unbounded calls and clients' },
      codemod: 'add-timeouts',
      presetOptions: { strict: [{ kinds: [...KINDS] }] },
    },
    hasSuggestions: true,
    messages: {
      unbounded: '{{finding}}: {{consequence}}. {{mend}}.',
      suggestTimeout: 'Bound it: {{title}}.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          kinds: {
            type: 'array',
            items: { type: 'string', enum: [...KINDS] },
            uniqueItems: true,
            minItems: 1,
            description: 'Kinds of dependency that must be bounded: http, rpc, db, cache, queue, sdk, exec.',
          },
          suggestedMs: { type: 'integer', minimum: 1, maximum: 2_147_483_647, description: 'Time limit that suggestions write, in milliseconds.' },
        },
      },
    ],
    defaultOptions: [{ kinds: [...DEFAULT_KINDS], suggestedMs: DEFAULT_MS }],
  },
  create(context) {
    const options = (context.options[0] ?? {}) as Options;
    const kinds = new Set<ClientKind>(options.kinds ?? DEFAULT_KINDS);
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts.mayCallOut(kinds)) return;
        if (decisionsWanted()) recordDecisions(context, facts, kinds);
        for (const site of facts.unboundedSites(kinds)) {
          const { model } = site.bound.call.operation;
          if (!kinds.has(model.kind) || (model.unmendable === true && options.kinds === undefined)) continue;
          context.report({
            loc: locationOf(facts.file.lines, site.node.range),
            messageId: 'unbounded',
            data: { ...wordsOf(facts.file, site, facts.runtime().runtime) },
            suggest: addTimeout(facts.file, site, options.suggestedMs ?? DEFAULT_MS).map((mend) => suggestion('suggestTimeout', mend)),
          });
        }
      },
    };
  },
});

const VERDICTS = { bounded: 'set', unbounded: 'absent', unknown: 'unknown' } as const;

function recordDecisions(context: Rule.RuleContext, facts: LintedFile, kinds: ReadonlySet<ClientKind>): void {
  const record = (bound: TimeBound): void => {
    const { model, name } = bound.call.operation;
    if (!kinds.has(model.kind)) return;
    const { line, column } = facts.file.lines.locate(bound.call.node.range[0]);
    recordDecision({ rule: 'require-timeout', path: context.filename, line, column, verdict: VERDICTS[bound.verdict], reason: bound.by, kind: model.kind, subject: name });
  };
  facts.timeBounds().forEach(record);
  facts.wholeClients().forEach(record);
}
