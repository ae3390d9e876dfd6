import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import { consequenceOf, doubtOf, lostCall, standIn } from '../src/facts/failure-words.js';
import type { SilentFailure } from '../src/facts/silent-failures.js';
import { handleError } from '../src/mends/handle-error.js';

/** Options of `no-swallowed-error`. */
export interface Options {
  /** Which constants in place of a result are reported. */
  readonly defaults?: 'empty' | 'any' | 'everywhere' | 'never';
  /** Which failures that are logged, and no more, are reported. */
  readonly logged?: 'success' | 'writes' | 'never';
}

export default createRule({
  name: 'no-swallowed-error',
  meta: {
    type: 'problem',
    docs: {
      family: 'errors',
      tier: 'recommended',
      description: 'disallow error handlers after which a caller takes a failure for a result',
      finds: { one: 'failure that looks like a result', many: 'failures that look like results' },
      presetOptions: { strict: [{ defaults: 'any' }], all: [{ defaults: 'everywhere', logged: 'writes' }] },
    },
    hasSuggestions: true,
    messages: {
      default: 'When {{call}} fails, the caller gets {{standIn}}, and {{doubt}}{{log}}. Let the error go to the caller, or answer with something that says so.',
      success: 'When {{call}} fails, the error is {{fate}} and the answer still says that it worked. Answer with the failure, or let the error go to the caller.',
      logged: 'When {{call}} fails, the error is only logged: {{consequence}}. Let the error go to the caller, or answer with the failure.',
      suggestHandling: 'Handle it: {{title}}.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          defaults: {
            type: 'string',
            enum: ['empty', 'any', 'everywhere', 'never'],
            description: 'Constants in place of a result: those that look like an empty result (`[]`, `{}`), also `null` and `undefined`, and `.catch(() => [])`, where the call is a known client, `.catch(() => [])` on every call, or none.',
          },
          logged: {
            type: 'string',
            enum: ['success', 'writes', 'never'],
            description: 'Failures that are only logged: where the answer then claims success, every write as well, or none.',
          },
        },
      },
    ],
    defaultOptions: [{ defaults: 'empty', logged: 'success' }],
  },
  create(context) {
    const { defaults = 'empty', logged = 'success' } = (context.options[0] ?? {}) as Options;
    /** The message for a failure; `null` where these options let it pass. */
    const messageFor = (failure: SilentFailure): 'default' | 'success' | 'logged' | null => {
      const { silence, comment, claims, lost, gives, handler } = failure;
      if (silence === 'nothing' || comment !== 'none' || lost.stake === 'call') return null;
      if (claims) return logged === 'never' ? null : 'success';
      if (silence === 'logged') return logged === 'writes' && lost.known !== null && lost.known !== 'cache' && lost.stake !== 'io' ? 'logged' : null;
      if (defaults === 'never') return null;
      const isAsked = defaults !== 'empty';
      if (silence === 'logged-default') return isAsked && gives?.shape === 'empty' && lost.known === 'db' && lost.direct ? 'default' : null;
      if (gives?.shape === 'empty') return handler.channel === 'catch' || defaults === 'everywhere' || (isAsked && lost.known !== null) ? 'default' : null;
      return isAsked && lost.known !== null && handler.channel === 'catch' ? 'default' : null;
    };
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts.mayHandleErrors() || !facts.servesRequests()) return;
        for (const { failure } of facts.silentFailures()) {
          const messageId = failure === null ? null : messageFor(failure);
          if (failure === null || messageId === null) continue;
          const { handling } = failure;
          context.report({
            loc: locationOf(facts.file.lines, failure.handler.node.range),
            messageId,
            data: {
              call: lostCall(failure),
              standIn: standIn(failure),
              doubt: doubtOf(failure),
              consequence: consequenceOf(failure),
              fate: handling.logs ? 'only logged' : 'dropped',
              log: handling.logs ? ': the log line does not reach it' : '; this handler logs nothing',
            },
            suggest: handleError(failure).map((mend) => suggestion('suggestHandling', mend)),
          });
        }
      },
    };
  },
});
