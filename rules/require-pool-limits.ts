import type { Rule } from 'eslint';
import { createRule } from '../src/eslint/create-rule.js';
import { decisionsWanted, recordDecision } from '../src/eslint/decisions.js';
import { factsOf, type LintedFile } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { wordsOfPool } from '../src/facts/pool-words.js';
import { POOLED } from '../src/facts/pools.js';
import { limitPool } from '../src/mends/limit-pool.js';

/** Options of `require-pool-limits`. */
export interface Options {
  /** The limits that suggestions write. */
  readonly suggestedWaitMs?: number;
  readonly suggestedSize?: number;
  readonly suggestedWaiters?: number;
}

const DEFAULTS = { suggestedWaitMs: 5_000, suggestedSize: 10, suggestedWaiters: 100 } as const;
const MAX_MS = 2_147_483_647;

export default createRule({
  name: 'require-pool-limits',
  meta: {
    type: 'problem',
    docs: {
      family: 'resources',
      tier: 'strict',
      description: 'require a limit to the size of a pool and to the wait for a free connection',
      finds: { one: 'unlimited pool', many: 'unlimited pools' },
      codemod: 'harden-pools',
    },
    hasSuggestions: true,
    messages: {
      unlimited: '{{finding}}: {{consequence}}. {{mend}}.',
      suggestLimit: 'Limit it: {{title}}.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          suggestedWaitMs: { type: 'integer', minimum: 1, maximum: MAX_MS, description: 'Limit of the wait for a free connection that suggestions write, in milliseconds.' },
          suggestedSize: { type: 'integer', minimum: 1, description: 'Number of connections that suggestions write.' },
          suggestedWaiters: { type: 'integer', minimum: 1, description: 'Number of waiting callers that suggestions write.' },
        },
      },
    ],
    defaultOptions: [{ ...DEFAULTS }],
  },
  create(context) {
    const { suggestedWaitMs, suggestedSize, suggestedWaiters } = { ...DEFAULTS, ...((context.options[0] ?? {}) as Options) };
    const numbers = { waitMs: suggestedWaitMs, size: suggestedSize, waiters: suggestedWaiters };
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts.mayCallOut(POOLED)) return;
        if (decisionsWanted()) recordDecisions(context, facts);
        for (const pool of facts.pools()) {
          if (pool.faults.length === 0) continue;
          const mend = limitPool(facts.file, pool, numbers);
          context.report({
            loc: locationOf(facts.file.lines, pool.node.range),
            messageId: 'unlimited',
            data: { ...wordsOfPool(pool) },
            suggest: mend === null ? [] : [suggestion('suggestLimit', mend)],
          });
        }
      },
    };
  },
});

function recordDecisions(context: Rule.RuleContext, facts: LintedFile): void {
  for (const { node, instance, faults, unknown } of facts.pools()) {
    const { line, column } = facts.file.lines.locate(node.range[0]);
    const verdict = faults.length > 0 ? 'absent' : unknown.length > 0 ? 'unknown' : 'set';
    const reason = faults[0]?.is ?? unknown[0]?.code ?? 'limited';
    recordDecision({ rule: 'require-pool-limits', path: context.filename, line, column, verdict, reason, kind: instance.model.kind, subject: instance.model.title });
  }
}
