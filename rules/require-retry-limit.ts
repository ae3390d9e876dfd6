import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { mayRetry } from '../src/facts/retries.js';
import { isUnlimited, isUnlimitedLibrary } from '../src/facts/retry-faults.js';
import { wordsOfUnlimited, wordsOfUnlimitedLibrary } from '../src/facts/retry-words.js';
import { addRetryLimit } from '../src/mends/add-retry-limit.js';
import type { Mend } from '../src/mends/edit.js';
import { hardenLibrary } from '../src/mends/library-retry.js';

export default createRule({
  name: 'require-retry-limit',
  meta: {
    type: 'problem',
    docs: {
      family: 'retries',
      tier: 'recommended',
      description: 'require that retries end',
      finds: { one: 'endless retry', many: 'endless retries' },
      codemod: 'harden-retries',
    },
    hasSuggestions: true,
    messages: {
      endless: '{{finding}}: {{consequence}}. {{mend}}.',
      suggestLimit: 'Set a limit: {{title}}.',
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!mayRetry(context.sourceCode.text) || !facts.servesRequests()) return;
        const { file } = facts;
        for (const region of facts.retryRegions()) {
          if (!isUnlimited(region)) continue;
          context.report({
            loc: locationOf(file.lines, region.range),
            messageId: 'endless',
            data: { ...wordsOfUnlimited(region) },
            suggest: addRetryLimit(file, region).map((mend) => suggestion('suggestLimit', mend)),
          });
        }
        for (const retry of facts.libraryRetries()) {
          if (!isUnlimitedLibrary(retry)) continue;
          context.report({
            loc: locationOf(file.lines, retry.range),
            messageId: 'endless',
            data: { ...wordsOfUnlimitedLibrary(retry) },
            suggest: limitsOf(hardenLibrary(file, retry, { backoff: null, endless: true })).map((mend) => suggestion('suggestLimit', mend)),
          });
        }
      },
    };
  },
});

const limitsOf = (mend: Mend | string): readonly Mend[] => (typeof mend === 'string' ? [] : [mend]);
