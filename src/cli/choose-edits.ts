import { isCancel, selectKey } from '@clack/prompts';
import { applyEdits } from '../codemod/apply-edits.js';
import type { RunInput } from '../codemod/runner.js';
import type { CodemodProgress } from './codemod-progress.js';
import type { Colors } from './color.js';
import { fromRoot } from './find-files.js';
import type { CliHost } from './host.js';
import { diffOf } from './render/codemod-diff.js';

/** Asks at the terminal about every edit: yes, no, all of the rest, or quit with what was wanted so far. */
export function chooser(root: string, colors: Colors, host: CliHost, progress: Pick<CodemodProgress, 'pause'>): NonNullable<RunInput['choose']> {
  let all = false;
  return async (path, source, edit) => {
    if (all) return 'yes';
    progress.pause();
    host.stdout.write(diffOf(fromRoot(root, path), source, applyEdits(source, edit.edits)).paint(colors));
    const answer = await selectKey({
      message: `${fromRoot(root, path)}:${edit.line}: ${edit.title}?`,
      options: [
        { value: 'y', label: 'yes' },
        { value: 'n', label: 'no' },
        { value: 'a', label: 'yes to all that follow' },
        { value: 'q', label: 'stop, and write what was wanted so far' },
      ],
    });
    if (isCancel(answer) || answer === 'q') return 'stop';
    all = answer === 'a';
    return answer === 'n' ? 'no' : 'yes';
  };
}
