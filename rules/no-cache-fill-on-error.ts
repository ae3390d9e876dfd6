import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { wordsOfFill } from '../src/facts/cache-words.js';
import { keepErrorsOut } from '../src/mends/keep-errors-out.js';

/** Options of `no-cache-fill-on-error`. */
export interface Options {
  /** Also report writes after a read by a project function that gives failures back as misses. */
  readonly checkWrappers?: boolean;
}

export default createRule({
  name: 'no-cache-fill-on-error',
  meta: {
    type: 'problem',
    docs: {
      family: 'cache',
      tier: 'recommended',
      description: 'disallow writing to a cache because something failed: the read before it, or the load of the value',
      finds: { one: 'cache fill on error', many: 'cache fills on error' },
      presetOptions: { strict: [{ checkWrappers: true }] },
    },
    hasSuggestions: true,
    messages: {
      filled: '{{finding}}: {{consequence}}. {{mend}}.',
      suggestKeepOut: 'Keep the error out of the cache: {{title}}.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          checkWrappers: { type: 'boolean', description: 'Also report writes after a read by a function of the project that gives a failure back as a miss.' },
        },
      },
    ],
    defaultOptions: [{ checkWrappers: false }],
  },
  create(context) {
    const options = (context.options[0] ?? {}) as Options;
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts.mayUseCaches()) return;
        for (const fill of facts.errorFills()) {
          if (fill.kind === 'hidden-failure' && options.checkWrappers !== true) continue;
          const { finding, consequence, mend } = wordsOfFill(facts.file, fill);
          context.report({
            loc: locationOf(facts.file.lines, fill.write.node.range),
            messageId: 'filled',
            data: { finding: finding[0]!.toUpperCase() + finding.slice(1), consequence, mend },
            suggest: keepErrorsOut(facts.file, fill).map((one) => suggestion('suggestKeepOut', one)),
          });
        }
      },
    };
  },
});
