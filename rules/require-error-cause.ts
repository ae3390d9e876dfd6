import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf, suggestion } from '../src/eslint/suggest.js';
import type { DroppedCause } from '../src/facts/dropped-causes.js';
import { wordsOfCause } from '../src/facts/cause-words.js';
import { addCause } from '../src/mends/add-cause.js';

/** Options of `require-error-cause`. */
export interface Options {
  /** Also report a builtin error that is thrown in a `catch`. */
  readonly includeCore?: boolean;
  /** Also report where the first error goes to a log or to somebody else. */
  readonly checkLogged?: boolean;
}

export default createRule({
  name: 'require-error-cause',
  meta: {
    type: 'problem',
    docs: {
      family: 'errors',
      tier: 'strict',
      description: 'require that an error which is made for another one keeps it as its cause',
      finds: { one: 'error without its cause', many: 'errors without their cause' },
      codemod: 'add-error-causes',
      presetOptions: { all: [{ checkLogged: true }] },
    },
    hasSuggestions: true,
    messages: {
      dropped: '`{{made}}` drops {{lost}}: its stack and everything that it was caused by are missing wherever this one is logged. {{mend}}.',
      suggestCause: 'Keep the first error: {{title}}.',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          includeCore: { type: 'boolean', description: 'Also report builtin errors that are thrown in a `catch`, as `preserve-caught-error` of ESLint does.' },
          checkLogged: { type: 'boolean', description: 'Also report where the handler gives the first error to a log, to telemetry or to another function.' },
        },
      },
    ],
    defaultOptions: [{ includeCore: false, checkLogged: false }],
  },
  create(context) {
    const { includeCore = false, checkLogged = false } = (context.options[0] ?? {}) as Options;
    return {
      Program() {
        const facts = factsOf(context);
        if (!facts.mayHandleErrors() || !facts.servesRequests()) return;
        const asked = facts.droppedCauses().filter(({ isCore, isTold }) => (!isCore || includeCore) && (!isTold || checkLogged));
        for (const dropped of onePerClass(asked)) {
          const mend = dropped.isTypedTooOld ? null : addCause(dropped);
          context.report({
            loc: locationOf(facts.file.lines, dropped.made.range),
            messageId: 'dropped',
            data: { ...wordsOfCause(dropped) },
            suggest: mend === null ? [] : [suggestion('suggestCause', mend)],
          });
        }
      },
    };
  },
});

/** A class that takes no cause is the reason for all errors that are made of it: reported once a file. */
function onePerClass(all: readonly DroppedCause[]): readonly DroppedCause[] {
  const seen = new Set<unknown>();
  return all.filter(({ takes, of }) => {
    if (takes.is !== 'none') return true;
    if (seen.has(of.node)) return false;
    seen.add(of.node);
    return true;
  });
}
