import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { wordsOfHit } from '../src/facts/cache-words.js';
import { tellHitFromMiss } from '../src/mends/tell-hit-from-miss.js';

/** Options of `no-ambiguous-cache-hit`. */
export interface Options {
  /** Also report values that are stored and served with nobody looking at them, where nothing is known of the loader. */
  readonly checkUnknown?: boolean;
}

export default createRule({
  name: 'no-ambiguous-cache-hit',
  meta: {
    type: 'problem',
    docs: {
      family: 'cache',
      tier: 'recommended',
      description: 'disallow hit tests that cannot tell a missing or empty cache entry from one that is there',
      finds: { one: 'ambiguous hit test', many: 'ambiguous hit tests' },
      presetOptions: { strict: [{ checkUnknown: true }] },
    },
    hasSuggestions: true,
    messages: {
      ambiguous: '{{finding}}: {{consequence}}. {{mend}}.',
      suggestTest: 'Tell a hit from a miss: {{title}}.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          checkUnknown: { type: 'boolean', description: 'Also report parsed values that are stored and served unchecked, where nothing is known of the function that loads them.' },
        },
      },
    ],
    defaultOptions: [{ checkUnknown: false }],
  },
  create(context) {
    const options = (context.options[0] ?? {}) as Options;
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts.mayUseCaches()) return;
        for (const hit of facts.ambiguousHits()) {
          if (hit.kind === 'possible' && options.checkUnknown !== true) continue;
          const { finding, consequence, mend } = wordsOfHit(facts.file, hit);
          context.report({
            loc: locationOf(facts.file.lines, hit.test.node.range),
            messageId: 'ambiguous',
            data: { finding: finding[0]!.toUpperCase() + finding.slice(1), consequence, mend },
            suggest: tellHitFromMiss(facts.file, hit).map((one) => suggestion('suggestTest', one)),
          });
        }
      },
    };
  },
});
