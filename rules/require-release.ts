import type { Rule } from 'eslint';
import { createRule } from '../src/eslint/create-rule.js';
import { decisionsWanted, recordDecision } from '../src/eslint/decisions.js';
import { factsOf, type LintedFile } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { wordsOfRelease } from '../src/facts/release-words.js';
import { releaseInFinally } from '../src/mends/release-in-finally.js';

export default createRule({
  name: 'require-release',
  meta: {
    type: 'problem',
    docs: {
      family: 'resources',
      tier: 'strict',
      description: 'require what is taken from a pool, locked or opened to be given back, also when something fails',
      finds: { one: 'leak', many: 'leaks' },
      codemod: 'release-in-finally',
    },
    hasSuggestions: true,
    messages: {
      leak: '{{finding}}: {{consequence}}. {{mend}}.',
      suggestFinally: '{{title}}.',
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts.mayBorrow()) return;
        if (decisionsWanted()) recordDecisions(context, facts);
        for (const release of facts.releases()) {
          if (release.leaks === null) continue;
          const mend = releaseInFinally(facts.file, release);
          context.report({
            loc: locationOf(facts.file.lines, release.node.range),
            messageId: 'leak',
            data: { ...wordsOfRelease(release) },
            suggest: typeof mend === 'string' ? [] : [suggestion('suggestFinally', mend)],
          });
        }
      },
    };
  },
});

function recordDecisions(context: Rule.RuleContext, facts: LintedFile): void {
  for (const { node, model, leaks, unknown } of facts.releases()) {
    const { line, column } = facts.file.lines.locate(node.range[0]);
    const verdict = leaks !== null ? 'absent' : unknown !== null ? 'unknown' : 'set';
    recordDecision({ rule: 'require-release', path: context.filename, line, column, verdict, reason: leaks ?? unknown ?? 'released', kind: model.lent, subject: model.title });
  }
}
