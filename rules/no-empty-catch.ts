import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { consequenceOf, handlerForm, lostCall } from '../src/facts/failure-words.js';
import type { SilentFailure } from '../src/facts/silent-failures.js';
import { handleError } from '../src/mends/handle-error.js';

/** Options of `no-empty-catch`. */
export interface Options {
  /** Which comments excuse a handler that does nothing. */
  readonly comments?: 'any' | 'reason' | 'never';
  /** What has to be at stake. */
  readonly calls?: 'io' | 'any';
}

export default createRule({
  name: 'no-empty-catch',
  meta: {
    type: 'problem',
    docs: {
      family: 'errors',
      tier: 'recommended',
      description: 'disallow error handlers that do nothing with the failure of a write or another awaited call',
      finds: { one: 'failure that nobody hears of', many: 'failures that nobody hears of' },
      presetOptions: { strict: [{ comments: 'reason', calls: 'any' }] },
    },
    hasSuggestions: true,
    messages: {
      empty: '{{form}}: when {{call}} fails, {{consequence}}. Handle the error, log it, or say in a comment why it may be ignored.',
      suggestHandling: 'Handle it: {{title}}.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          comments: {
            type: 'string',
            enum: ['any', 'reason', 'never'],
            description: 'Which comments excuse a handler that does nothing: any words, words that give a reason (`ignore` and `noop` do not), or none.',
          },
          calls: {
            type: 'string',
            enum: ['io', 'any'],
            description: 'What has to be at stake: a call that leaves the process or is awaited, or any call that can throw.',
          },
        },
      },
    ],
    defaultOptions: [{ comments: 'any', calls: 'io' }],
  },
  create(context) {
    const { comments = 'any', calls = 'io' } = (context.options[0] ?? {}) as Options;
    const isExcused = ({ comment, lost }: SilentFailure): boolean => {
      if (calls === 'io' && lost.stake === 'call') return true;
      return comments !== 'never' && (comment === 'reason' || (comment === 'words' && comments === 'any'));
    };
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts.mayHandleErrors() || !facts.servesRequests()) return;
        for (const { failure } of facts.silentFailures()) {
          if (failure === null || failure.silence !== 'nothing' || isExcused(failure)) continue;
          context.report({
            loc: locationOf(facts.file.lines, failure.handler.node.range),
            messageId: 'empty',
            data: { form: handlerForm(failure), call: lostCall(failure), consequence: consequenceOf(failure) },
            suggest: handleError(failure).map((mend) => suggestion('suggestHandling', mend)),
          });
        }
      },
    };
  },
});
