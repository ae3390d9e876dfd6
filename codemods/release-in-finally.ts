import { defineCodemod, type PlanStep } from '../src/codemod/define-codemod.js';
import { factsOfFile } from '../src/facts/file-facts.js';
import { releaseInFinally } from '../src/mends/release-in-finally.js';

export default defineCodemod({
  name: 'release-in-finally',
  description: 'move releases that only the happy path reaches into a `finally`',
  rule: 'require-release',
  options: {},
  refusals: {
    'never-released': 'nothing gives it back, and whether it may be is not told here',
    'by-outcome': 'how it is given back depends on how the work went: commit or rollback',
    'takes-arguments': 'the release is told how the work went, as in `client.release(error)`',
    'releases-differ': 'it is given back in more than one way',
    'odd-place': 'the release is part of another statement or condition, or shares its line with other code',
    'out-of-reach': 'it is taken in a block, and given back or used outside of it',
    'written-again': 'its variable is written once more',
    'declared-inside': 'variables that the `try` would hold are used behind it, after something is waited for',
    'work-after-release': 'something is waited for after the release, and would keep what was given back',
    'returns-unawaited': 'a promise is returned whose work may still need it',
    'finally-there': 'there is a `finally` already that does other work',
    'lender-ends': 'what lent it is closed in the same function, which gives everything back',
  },
  mayApply: (_text, gates) => gates.mayBorrow(),
  plan({ file }) {
    return factsOfFile(file)
      .releases()
      .filter(({ leaks }) => leaks !== null)
      .map((release): PlanStep => {
        const at = release.node.range[0];
        const mend = releaseInFinally(file, release);
        if (typeof mend === 'string') return { kind: 'refusal', at, reason: mend, detail: release.model.title };
        return { kind: 'edit', at, edits: mend.edits, title: mend.title };
      });
  },
});
