import type { Rule } from 'eslint';
import { createRule } from '../src/eslint/create-rule.js';
import { decisionsWanted, recordDecision } from '../src/eslint/decisions.js';
import { factsOf, type LintedFile } from '../src/eslint/facts-of.js';
import { locationOf } from '../src/eslint/suggest.js';
import type { RetriedRemote } from '../src/facts/circuit-breakers.js';
import { mayRetry } from '../src/facts/retries.js';

export default createRule({
  name: 'require-circuit-breaker',
  meta: {
    type: 'suggestion',
    docs: {
      family: 'retries',
      tier: 'strict',
      description: 'require a circuit breaker around remote calls that are retried',
      finds: { one: 'retry without a circuit breaker', many: 'retries without a circuit breaker' },
      codemod: 'wrap-clients',
    },
    messages: {
      noBreaker:
        '`{{name}}` is tried {{attempts}} against {{downstream}}, and no circuit breaker stops that while it is down: each request waits for all its attempts, and the service gets that many times its load when it can carry least. Put a breaker around the client, one for the service (the codemod wrap-clients does), and do not try again while it is open.',
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!(facts.mayCallOut() || mayRetry(context.sourceCode.text)) || !facts.servesRequests() || facts.runtime().runtime !== 'node') return;
        if (decisionsWanted()) recordDecisions(context, facts);
        for (const remote of facts.retriedRemotes()) {
          if (remote.excuse !== null) continue;
          context.report({ loc: locationOf(facts.file.lines, remote.node.range), messageId: 'noBreaker', data: wordsOf(remote) });
        }
      },
    };
  },
});

function wordsOf({ io, through, attempts, downstream }: RetriedRemote): Record<string, string> {
  return {
    name: through ?? io.operation.name,
    attempts: attempts === 'unbounded' ? 'again and again' : attempts === null ? 'several times' : `up to ${attempts} times`,
    downstream: downstream === null ? 'one service' : `\`${downstream}\``,
  };
}

function recordDecisions(context: Rule.RuleContext, facts: LintedFile): void {
  for (const { node, io, excuse, downstream } of facts.retriedRemotes()) {
    const { line, column } = facts.file.lines.locate(node.range[0]);
    const verdict = excuse === null ? 'absent' : /unknown|words|seam/.test(excuse) ? 'unknown' : 'set';
    recordDecision({ rule: 'require-circuit-breaker', path: context.filename, line, column, verdict, reason: excuse ?? 'no breaker', kind: io.operation.model.kind, subject: downstream ?? io.operation.name });
  }
}
