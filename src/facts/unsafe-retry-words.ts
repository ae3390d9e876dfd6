import { describe } from '../analysis/syntax.js';
import type { RetriedWrite, UnsafeRetry } from './unsafe-retries.js';

/** The parts of a message. */
export interface UnsafeRetryWords {
  readonly finding: string;
  readonly consequence: string;
  readonly mend: string;
}

const PROOF = 'try again only after what proves that nothing was done (ECONNREFUSED, 429)';

/** Says what is done twice, and what would keep it from that. */
export function wordsOfUnsafeRetry(write: UnsafeRetry): UnsafeRetryWords {
  const { effect, io } = write;
  const { model } = io.operation;
  if (effect.key.is === 'unstable') {
    return {
      finding: `\`${effect.key.name}\` of ${named(write)} is made anew by each attempt`,
      consequence: 'the other side takes each for a request of its own, so what was done before a timeout is done again',
      mend: 'Make the key once, before the first attempt',
    };
  }
  const note = model.repeat?.note === undefined ? '' : `: ${model.repeat.note}`;
  const key = model.repeat?.keys?.find(({ isSwitch }) => isSwitch !== true)?.path;
  const again = `${named(write)}${write.others === 0 ? '' : ` (and ${write.others} more in this file)`} is tried again${howOften(write)}${byWhom(write)}`;
  if (model.movesMoney === true) return { finding: `${again} with no \`${key ?? 'key'}\`${note}`, consequence: 'a call that timed out may have gone through, and the next one moves the money again', mend: `Pass a \`${key ?? 'key'}\` that is made before the first attempt` };
  switch (model.kind) {
    case 'db':
      return { finding: again, consequence: 'a row whose answer was lost stands there already, and the next attempt writes a second one', mend: 'Give the row its id before the first attempt and insert with ON CONFLICT DO NOTHING (or upsert), or put the attempt into a transaction' };
    case 'cache':
      return { finding: again, consequence: `a command whose answer was lost was carried out, and ${effect.verb.toUpperCase()} acts on what is there, so it counts twice`, mend: 'Set a value that was worked out before, or let the caller hear of the failure' };
    case 'queue':
      return { finding: `${again}${effect.key.is === 'absent' ? ', and nothing tells the consumer that it has seen the message' : ''}`, consequence: 'a message whose acknowledgement was lost is there already, and its consumer acts on it twice', mend: 'Use an idempotent producer, or give the message an id that is made before the first attempt and that the consumer checks' };
    case 'sdk':
      return { finding: `${again}${key === undefined ? '' : ` with no \`${key}\``}${note}`, consequence: 'a call that timed out may have been carried out, and the next one is carried out again', mend: key === undefined ? `${PROOF[0]!.toUpperCase()}${PROOF.slice(1)}` : `Pass a key that is made before the first attempt, or ${PROOF}` };
    default:
      return { finding: `${again} with no idempotency key`, consequence: `a ${effect.verb} that timed out may have been carried out, and the next one is carried out again`, mend: `Send an \`Idempotency-Key\` that is made before the first attempt, or ${PROOF}` };
  }
}

/** The write, and the function through which it is reached. */
function named({ io, through, effect }: RetriedWrite): string {
  const { name } = io.operation;
  const title = io.operation.model.kind === 'http' && !name.toUpperCase().includes(effect.verb) ? `the ${effect.verb} of \`${name}\`` : io.operation.model.kind === 'db' && io.node.type !== 'TaggedTemplateExpression' ? `\`${effect.verb === effect.verb.toUpperCase() ? `${effect.verb}\` by \`${name}` : describe(io.node.callee)}\`` : `\`${name}\``;
  return through === null ? title : `${title} (by \`${through}\`)`;
}

function howOften({ attempts }: RetriedWrite): string {
  return typeof attempts === 'number' ? `, up to ${attempts} times,` : '';
}

function byWhom({ by, through }: RetriedWrite): string {
  return by === null || by === through ? ' after a failure' : ` by \`${by}\``;
}
