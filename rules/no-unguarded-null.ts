import type { Rule } from 'eslint';
import { createRule } from '../src/eslint/create-rule.js';
import { decisionsWanted, recordDecision } from '../src/eslint/decisions.js';
import { factsOf, type LintedFile } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import type { NullableKind } from '../src/facts/nullable-source.js';
import type { NullableUse } from '../src/facts/nullable-values.js';
import { nullableWordsOf } from '../src/facts/nullable-words.js';
import { guardNull } from '../src/mends/guard-null.js';

/** Options of `no-unguarded-null`. */
export interface Options {
  /** What to ask a guard of. */
  readonly sources?: readonly NullableKind[];
  /** Take `!` and casts for claims, not for guards. */
  readonly checkAssertions?: boolean;
  /** Report also where the same value is tested elsewhere in the function: guards may correlate. */
  readonly checkTested?: boolean;
}

const KINDS: readonly NullableKind[] = ['row', 'record', 'response', 'chain', 'member', 'lookup', 'match', 'env', 'web', 'reduce', 'function'];
/** Not `reduce` and `match`: lists and texts that are read so are mostly known to fit. */
const STRICT_KINDS = KINDS.filter((kind) => kind !== 'reduce' && kind !== 'match');
/** Data that comes from outside, where nobody can know that it is there. Of the others, a claim or a test counts. */
const FROM_OUTSIDE: ReadonlySet<NullableKind> = new Set(['row', 'record', 'response', 'chain']);
const DEFAULT_KINDS: readonly NullableKind[] = ['row', 'record', 'response', 'chain'];

export default createRule({
  name: 'no-unguarded-null',
  meta: {
    type: 'problem',
    docs: {
      family: 'nulls',
      tier: 'recommended',
      description: 'require a guard where something that may be missing is used',
      finds: { one: 'use of something that may be missing', many: 'uses of something that may be missing' },
      presetOptions: { strict: [{ sources: [...STRICT_KINDS], checkAssertions: true, checkTested: true }] },
    },
    hasSuggestions: true,
    messages: {
      unguarded: '{{missing}}, and {{fails}}. Test it first, or say what is wrong with an error of your own.',
      suggestGuard: '{{title}}.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          sources: {
            type: 'array',
            items: { type: 'string', enum: [...KINDS] },
            uniqueItems: true,
            minItems: 1,
            description: 'What may be missing: row, record, response, chain, member, lookup, match, env, web, reduce, function.',
          },
          checkAssertions: { type: 'boolean', description: 'Report data from outside (row, record, response, chain) that is only claimed to be there, by `!` or a cast.' },
          checkTested: { type: 'boolean', description: 'Report data from outside that is tested elsewhere in the function, though not on the way.' },
        },
      },
    ],
    defaultOptions: [{ sources: [...DEFAULT_KINDS], checkAssertions: false, checkTested: false }],
  },
  create(context) {
    const options = (context.options[0] ?? {}) as Options;
    const kinds = new Set<NullableKind>(options.sources ?? DEFAULT_KINDS);
    return {
      Program() {
        const facts = factsOf(context);
        const callsOut = kinds.has('row') || kinds.has('record') || kinds.has('response') || kinds.has('function') ? facts.mayCallOut() : false;
        // Most files name nothing that may be missing: their text tells.
        if (!callsOut && !(facts.mayBeNull(kinds) && facts.servesRequests())) return;
        for (const use of facts.nullableUses(kinds, callsOut)) {
          if (decisionsWanted()) recordUse(context, facts, use);
          if (use.verdict !== 'unguarded' || use.byTypes) continue;
          // Whoever hands in a primary key has mostly loaded the record.
          // The caller has the key from somewhere, most often from the row itself.
          if (use.source.ofCaller === true) continue;
          const fromOutside = FROM_OUTSIDE.has(use.source.kind);
          if ((use.asserted && !(fromOutside && options.checkAssertions === true)) || (use.tested && !(fromOutside && options.checkTested === true))) continue;
          context.report({
            loc: locationOf(facts.file.lines, use.at.node.range),
            messageId: 'unguarded',
            data: { ...nullableWordsOf(facts.file, use) },
            suggest: guardNull(facts.file, use).map((mend) => suggestion('suggestGuard', mend)),
          });
        }
      },
    };
  },
});

const VERDICTS = { guarded: 'set', unguarded: 'absent', unknown: 'unknown' } as const;

function recordUse(context: Rule.RuleContext, facts: LintedFile, { source, at, verdict }: NullableUse): void {
  const { line, column } = facts.file.lines.locate(at.node.range[0]);
  recordDecision({ rule: 'no-unguarded-null', path: context.filename, line, column, verdict: VERDICTS[verdict], reason: at.how, kind: source.kind, subject: source.name });
}
