import { describe } from '../analysis/syntax.js';
import type { DroppedCause } from './dropped-causes.js';

/** The words of a message about a new error that loses the first one. */
export interface CauseWords {
  /** `new OrderError(…)` */
  readonly made: string;
  /** Whose error is lost. */
  readonly lost: string;
  /** What to do. */
  readonly mend: string;
}

/** Says what is lost and what to do about it. */
export function wordsOfCause({ handler, made, takes, lost }: DroppedCause): CauseWords {
  const name = describe(made.callee);
  const error = handler.error?.name ?? 'error';
  return {
    made: made.type === 'NewExpression' ? `new ${name}(…)` : `${name}(…)`,
    lost: lost === null ? 'the first error' : `the error of \`${lost.name}\``,
    mend: takes.is === 'none' ? `Let \`${name}\` take a cause and hand it to \`super\`` : takes.is === 'argument' ? `Pass \`${error}\` as \`${takes.key}\`` : `Pass \`{ ${takes.key}: ${error} }\``,
  };
}
