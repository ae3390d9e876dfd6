import type { Rule } from 'eslint';
import { createRule } from '../src/eslint/create-rule.js';
import { decisionsWanted, recordDecision } from '../src/eslint/decisions.js';
import { factsOf, type LintedFile } from '../src/eslint/facts-of.js';
import { locationOf } from '../src/eslint/suggest.js';
import { mayRetry } from '../src/facts/retries.js';
import { wordsOfUnsafeRetry } from '../src/facts/unsafe-retry-words.js';

export default createRule({
  name: 'no-unsafe-retry',
  meta: {
    type: 'problem',
    docs: {
      family: 'retries',
      tier: 'strict',
      description: 'disallow retries of writes that may then happen twice',
      finds: { one: 'unsafe retry', many: 'unsafe retries' },
    },
    messages: {
      noKey: '{{finding}}: {{consequence}}. {{mend}}.',
      newKey: '{{finding}}: {{consequence}}. {{mend}}.',
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!(facts.mayCallOut() || mayRetry(context.sourceCode.text)) || !facts.servesRequests()) return;
        if (decisionsWanted()) recordDecisions(context, facts);
        for (const write of facts.unsafeRetries()) {
          const words = wordsOfUnsafeRetry(write);
          context.report({
            loc: locationOf(facts.file.lines, write.node.range),
            messageId: write.effect.key.is === 'unstable' ? 'newKey' : 'noKey',
            data: { ...words, finding: words.finding[0]!.toUpperCase() + words.finding.slice(1) },
          });
        }
      },
    };
  },
});

function recordDecisions(context: Rule.RuleContext, facts: LintedFile): void {
  for (const { node, io, excuse } of facts.retriedWrites()) {
    const { line, column } = facts.file.lines.locate(node.range[0]);
    const verdict = excuse === null ? 'absent' : /unknown/.test(excuse) ? 'unknown' : 'set';
    recordDecision({ rule: 'no-unsafe-retry', path: context.filename, line, column, verdict, reason: excuse ?? 'twice', kind: io.operation.model.kind, subject: io.operation.name });
  }
}
