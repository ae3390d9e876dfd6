import type { SourceFile } from '../src/analysis/source-file.js';
import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import type { LibraryRetry } from '../src/facts/library-retries.js';
import { mayRetry } from '../src/facts/retries.js';
import { backoffFault, libraryFault, type BackoffFault, type Wanted } from '../src/facts/retry-faults.js';
import { wordsOfLibrary, wordsOfRegion, type RetryWords } from '../src/facts/retry-words.js';
import { addBackoff } from '../src/mends/add-backoff.js';
import type { Mend } from '../src/mends/edit.js';
import { hardenLibrary } from '../src/mends/library-retry.js';

/** Options of `require-retry-backoff`. */
export interface Options {
  /** Report delays that stay the same. */
  readonly growth?: boolean;
  /** Report delays with no random part. */
  readonly jitter?: boolean;
}

export default createRule({
  name: 'require-retry-backoff',
  meta: {
    type: 'problem',
    docs: {
      family: 'retries',
      tier: 'recommended',
      description: 'require a delay between attempts',
      finds: { one: 'retry without backoff', many: 'retries without backoff' },
      codemod: 'harden-retries',
      presetOptions: { strict: [{ growth: true, jitter: true }] },
    },
    hasSuggestions: true,
    messages: {
      noDelay: '{{finding}}: {{consequence}}. {{mend}}.',
      fixedDelay: '{{finding}}: {{consequence}}. {{mend}}.',
      noJitter: '{{finding}}: {{consequence}}. {{mend}}.',
      suggestBackoff: 'Wait between the attempts: {{title}}.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          growth: { type: 'boolean', description: 'Report delays that are the same after each failure.' },
          jitter: { type: 'boolean', description: 'Report delays that have no random part.' },
        },
      },
    ],
    defaultOptions: [{ growth: false, jitter: false }],
  },
  create(context) {
    const { growth = false, jitter = false } = (context.options[0] ?? {}) as Options;
    const wanted: Wanted = { growth, jitter };
    return {
      Program() {
        const facts = factsOf(context);
        if (!mayRetry(context.sourceCode.text) || !facts.servesRequests()) return;
        const { file } = facts;
        for (const region of facts.retryRegions()) {
          const fault = backoffFault(region, wanted);
          if (fault === null) continue;
          context.report({
            loc: locationOf(file.lines, region.range),
            messageId: fault,
            data: { ...capitalized(wordsOfRegion(region, fault)) },
            suggest: addBackoff(file, region, fault).map((mend) => suggestion('suggestBackoff', mend)),
          });
        }
        for (const retry of facts.libraryRetries()) {
          const fault = libraryFault(retry, wanted);
          if (fault === null) continue;
          context.report({
            loc: locationOf(file.lines, retry.range),
            messageId: fault,
            data: { ...capitalized(wordsOfLibrary(retry, fault)) },
            suggest: mendsOf(file, retry, fault).map((mend) => suggestion('suggestBackoff', mend)),
          });
        }
      },
    };
  },
});

const capitalized = (words: RetryWords): RetryWords => ({ ...words, finding: words.finding[0]!.toUpperCase() + words.finding.slice(1) });

function mendsOf(file: SourceFile, retry: LibraryRetry, backoff: BackoffFault): readonly Mend[] {
  const mend = hardenLibrary(file, retry, { backoff, endless: false });
  return typeof mend === 'string' ? [] : [mend];
}
