import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { turnGuard } from '../src/mends/turn-guard.js';

export default createRule({
  name: 'no-inverted-null-guard',
  meta: {
    type: 'problem',
    docs: {
      family: 'nulls',
      tier: 'recommended',
      description: 'disallow conditions that let through exactly what they were to keep out',
      finds: { one: 'inverted guard', many: 'inverted guards' },
    },
    hasSuggestions: true,
    messages: {
      readsNullish: 'The right side of this `{{operator}}` runs only where `{{subject}}` is missing, and reads `{{read}}` of it: a TypeError in just the case that the test is for. Write `{{meant}}`.',
      alwaysTrue: 'This condition always holds: `{{subject}}` differs from one of the two whatever it is, so nothing is kept out. Write `&&`.',
      alwaysFalse: 'This condition never holds: `{{subject}}` cannot equal both, so what it guards never runs. Write `||`.',
      suggestGuard: '{{title}}.',
    },
    schema: [{ type: 'object', properties: {}, additionalProperties: false }],
    defaultOptions: [{}],
  },
  create(context) {
    return {
      Program() {
        // A condition is the wrong way round wherever it runs: browsers and scripts are asked too.
        const { file, invertedGuards } = factsOf(context);
        for (const guard of invertedGuards()) {
          const { node, is, subject, read, meant } = guard;
          context.report({
            loc: locationOf(file.lines, node.range),
            messageId: is === 'reads-nullish' ? 'readsNullish' : is === 'always-true' ? 'alwaysTrue' : 'alwaysFalse',
            data: { operator: node.operator, subject, meant, read: read === null ? '' : file.text.slice(read.range[0], read.range[1]).replace(/\s+/g, ' ').replaceAll('`', "'").slice(0, 60) },
            suggest: turnGuard(file, guard).map((mend) => suggestion('suggestGuard', mend)),
          });
        }
      },
    };
  },
});
