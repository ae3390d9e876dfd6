import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { headOf } from '../src/facts/report-range.js';
import { wordsOfOverrun } from '../src/facts/overrun-words.js';
import { mayOverrun } from '../src/facts/overruns.js';
import { leaveOpenCircuit } from '../src/mends/leave-open-circuit.js';

export default createRule({
  name: 'no-timeout-overrun',
  meta: {
    type: 'problem',
    docs: {
      family: 'timeouts',
      tier: 'strict',
      description: 'disallow time limits that cannot hold within each other',
      finds: { one: 'time limit that cannot hold', many: 'time limits that cannot hold' },
    },
    hasSuggestions: true,
    messages: {
      phase: '{{finding}}: {{consequence}}. {{mend}}.',
      inner: '{{finding}}: {{consequence}}. {{mend}}.',
      attempts: '{{finding}}: {{consequence}}. {{mend}}.',
      circuit: '{{finding}}: {{consequence}}. {{mend}}.',
      suggestLeave: 'Fail at once while the circuit is open: {{title}}.',
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!mayOverrun(context.sourceCode.text) || !facts.servesRequests()) return;
        const { file } = facts;
        for (const overrun of facts.overruns()) {
          const mend = overrun.is === 'circuit' && overrun.retry !== null ? leaveOpenCircuit(file, overrun.retry, overrun.open) : null;
          const words = wordsOfOverrun(overrun);
          context.report({
            loc: locationOf(file.lines, headOf(overrun.node)),
            messageId: overrun.is,
            data: { ...words, finding: words.finding[0]!.toUpperCase() + words.finding.slice(1) },
            suggest: mend === null ? [] : [suggestion('suggestLeave', mend)],
          });
        }
      },
    };
  },
});
