import { defineCodemod, type PlanStep } from '../src/codemod/define-codemod.js';
import { isBuiltCode } from '../src/facts/built-code.js';
import { mayHandleErrors } from '../src/facts/error-handlers.js';
import { factsOfFile } from '../src/facts/file-facts.js';
import { wordsOfCause } from '../src/facts/cause-words.js';
import { addCause } from '../src/mends/add-cause.js';

const GIVES_OUT = /\bthrow\b|\breject\b|\bnew\s+[\w$.]+\s*\(/;

export default defineCodemod({
  name: 'add-error-causes',
  description: 'hand the caught error to the one that is thrown in its place',
  rule: 'require-error-cause',
  options: {
    core: { type: 'boolean', default: true, description: 'Also mend builtin errors that are thrown in a `catch`, which `preserve-caught-error` of ESLint reports.' },
    logged: { type: 'boolean', default: false, description: 'Also where the handler gives the first error to a log, to telemetry or to another function.' },
  },
  refusals: {
    'class-takes-no-cause': 'the class hands no cause to `super`',
    'types-too-old': '`lib` or `target` of tsconfig.json is older than ES2022, whose types first know `cause`',
    'no-local-edit': 'the name of the error means something else there, or the options are not written here',
  },
  mayApply: (text, gates) => mayHandleErrors(text) && GIVES_OUT.test(text) && !isBuiltCode(text) && gates.servesRequests(),
  plan({ file, options }) {
    const steps: PlanStep[] = [];
    for (const dropped of factsOfFile(file).droppedCauses()) {
      if ((dropped.isCore && !options.core) || (dropped.isTold && !options.logged)) continue;
      const at = dropped.made.range[0];
      const mend = addCause(dropped);
      const reason = dropped.takes.is === 'none' ? 'class-takes-no-cause' : dropped.isTypedTooOld ? 'types-too-old' : mend === null ? 'no-local-edit' : null;
      if (mend === null || reason !== null) steps.push({ kind: 'refusal', at, reason: reason ?? 'no-local-edit', detail: wordsOfCause(dropped).made });
      else steps.push({ kind: 'edit', at, edits: mend.edits, title: mend.title });
    }
    return steps;
  },
});
