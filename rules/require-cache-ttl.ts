import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { wordsOfLasting } from '../src/facts/expiry-words.js';
import type { ClientKind } from '../src/models/types.js';
import { giveTimeToLive } from '../src/mends/give-time-to-live.js';

/** Options of `require-cache-ttl`. */
export interface Options {
  /** Also report an entry per id that nobody removes, where nothing shows that the store is used as a cache. */
  readonly checkEntries?: boolean;
}

const CACHES: ReadonlySet<ClientKind> = new Set(['cache']);

export default createRule({
  name: 'require-cache-ttl',
  meta: {
    type: 'problem',
    docs: {
      family: 'cache',
      tier: 'strict',
      description: 'require a time to live for what is put into a cache that keeps entries for ever',
      finds: { one: 'entry without an end', many: 'entries without an end' },
      presetOptions: { strict: [{ checkEntries: true }] },
    },
    hasSuggestions: true,
    messages: {
      lasts: '{{finding}}: {{consequence}}. {{mend}}.',
      suggestTtl: 'Give it a time to live: {{title}}.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          checkEntries: { type: 'boolean', description: 'Also report an entry for each id that nobody removes, where nothing shows that the store is used as a cache.' },
        },
      },
    ],
    defaultOptions: [{ checkEntries: false }],
  },
  create(context) {
    const options = (context.options[0] ?? {}) as Options;
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts.mayCallOut(CACHES)) return;
        for (const entry of facts.lastingEntries()) {
          if (entry.kind === 'each' && options.checkEntries !== true) continue;
          const { finding, consequence, mend } = wordsOfLasting(entry);
          const ttl = giveTimeToLive(facts.file, entry);
          context.report({
            loc: locationOf(facts.file.lines, entry.write.node.range),
            messageId: 'lasts',
            data: { finding: finding[0]!.toUpperCase() + finding.slice(1), consequence, mend },
            suggest: ttl === null ? [] : [suggestion('suggestTtl', ttl)],
          });
        }
      },
    };
  },
});
