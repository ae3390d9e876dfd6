import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { headOf } from '../src/facts/report-range.js';
import { wordsOfNested } from '../src/facts/nested-words.js';
import { mayRetry } from '../src/facts/retries.js';
import { retryOnce } from '../src/mends/retry-once.js';

export default createRule({
  name: 'no-nested-retry',
  meta: {
    type: 'problem',
    docs: {
      family: 'retries',
      tier: 'strict',
      description: 'disallow a retry around a call that retries by itself',
      finds: { one: 'retry of retries', many: 'retries of retries' },
    },
    hasSuggestions: true,
    messages: {
      nested: '{{finding}}: {{consequence}}. {{mend}}.',
      suggestOnce: 'Let the outer retry be the only one: {{title}}.',
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!mayRetry(context.sourceCode.text) || !facts.servesRequests()) return;
        const { file } = facts;
        for (const nested of facts.nestedRetries()) {
          const client = nested.inner.at(-1)!.client;
          const mend = client === null ? null : retryOnce(file, client.call, client.found);
          context.report({
            loc: locationOf(file.lines, headOf(nested.node)),
            messageId: 'nested',
            data: { ...wordsOfNested(nested) },
            suggest: mend === null ? [] : [suggestion('suggestOnce', mend)],
          });
        }
      },
    };
  },
});
