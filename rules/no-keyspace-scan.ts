import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { wordsOfScan } from '../src/facts/keyspace-words.js';
import type { ClientKind } from '../src/models/types.js';
import { walkKeys } from '../src/mends/walk-keys.js';

const CACHES: ReadonlySet<ClientKind> = new Set(['cache']);

export default createRule({
  name: 'no-keyspace-scan',
  meta: {
    type: 'problem',
    docs: {
      family: 'cache',
      tier: 'strict',
      description: 'disallow commands that touch every key of a store in code that serves requests',
      finds: { one: 'command over all keys', many: 'commands over all keys' },
    },
    hasSuggestions: true,
    messages: {
      found: '`{{call}}` sends {{command}}: {{consequence}}. {{mend}}.',
      suggestWalk: 'Or {{title}}.',
    },
    schema: [{ type: 'object', properties: {}, additionalProperties: false }],
    defaultOptions: [{}],
  },
  create(context) {
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts.mayCallOut(CACHES)) return;
        for (const scan of facts.keyspaceScans()) {
          const mend = walkKeys(facts.file, scan);
          context.report({
            loc: locationOf(facts.file.lines, scan.call.node.range),
            messageId: 'found',
            data: { ...wordsOfScan(scan) },
            suggest: mend === null ? [] : [suggestion('suggestWalk', mend)],
          });
        }
      },
    };
  },
});
