import { readMember } from './member.js';
import { reasonOf } from './evaluate-object.js';
import { ABSENT, UNDEFINED, alternatives, type OptionAnswer, type Place, type Reason, type Value } from './value.js';

/**
 * Is an option set in a value?
 * @param options the options object, `null` when none was passed
 * @param path dotted: `timeout`, `socket.connectTimeout`
 */
export function readOption(options: Value | null, path: string): OptionAnswer {
  if (options === null) return ABSENT;
  const answers = alternatives(options).map((member) => readOne(member, path === '' ? [] : path.split('.')));
  if (answers.length === 1) return answers[0]!;
  const set = answers.filter((answer) => answer.is === 'set');
  if (set.length === answers.length) return set[0]!;
  const unknownAnswer = answers.find((answer) => answer.is === 'unknown');
  if (unknownAnswer !== undefined) return unknownAnswer;
  if (set.length === 0) return ABSENT;
  return { is: 'unknown', reason: { code: 'sometimes-set', detail: path } };
}

function readOne(value: Value, path: readonly string[]): OptionAnswer {
  const [key, ...rest] = path;
  if (key === undefined) return answerOf(value, null);
  switch (value.kind) {
    case 'literal':
      return ABSENT;
    case 'object': {
      const entry = value.entries.get(key);
      if (entry === undefined) return value.open === null ? ABSENT : { is: 'unknown', reason: value.open };
      const inner = entry.value();
      return rest.length === 0 ? answerOf(inner, entry.place, value.open) : withOpen(readOption(inner, rest.join('.')), value.open);
    }
    case 'object-of-class': {
      const inner = readMember(value, key, { file: value.file, node: value.node });
      return inner === UNDEFINED ? ABSENT : readOption(inner, rest.join('.'));
    }
    case 'parameter':
      return { is: 'unknown', reason: { code: 'parameter' } };
    case 'unknown':
      return { is: 'unknown', reason: value.reason };
    case 'instance':
      // An option path may lead through another client: `dispatcher.headersTimeout` of an undici Agent.
      return readLayers(value.layers.map((layer) => layer.value), path.join('.'), value.optionsUnknown);
    case 'array':
      return key === '*' ? inItems(value, rest.join('.')) : ABSENT;
    case 'instance-member':
    case 'operation':
    case 'function':
    case 'class':
    case 'text':
    case 'env':
    case 'url':
    case 'regexp':
    case 'signal':
    case 'controller':
      return ABSENT;
    default:
      return { is: 'unknown', reason: reasonOf(value) };
  }
}

/** An option of any item: one that sets it is enough, and one that cannot be read leaves it open. */
function inItems({ items, open }: Extract<Value, { kind: 'array' }>, path: string): OptionAnswer {
  const answers = items.map((item) => readOption(item(), path));
  const said = answers.find((answer) => answer.is === 'set') ?? answers.find((answer) => answer.is === 'unknown');
  return said ?? (open === null ? ABSENT : { is: 'unknown', reason: open });
}

/** The last layer that says something wins. */
export function readLayers(layers: readonly Value[], path: string, whenAbsent: Reason | null): OptionAnswer {
  for (let i = layers.length - 1; i >= 0; i--) {
    const answer = readOption(layers[i]!, path);
    if (answer.is !== 'absent') return answer;
  }
  return whenAbsent === null ? ABSENT : { is: 'unknown', reason: whenAbsent };
}

function withOpen(answer: OptionAnswer, open: Reason | null): OptionAnswer {
  return answer.is === 'absent' && open !== null ? { is: 'unknown', reason: open } : answer;
}

function answerOf(value: Value, place: Place | null, open: Reason | null = null): OptionAnswer {
  const members = alternatives(value);
  const nothing = members.filter((member) => member.kind === 'literal' && member.value === undefined);
  if (nothing.length === members.length) return open === null ? ABSENT : { is: 'unknown', reason: open };
  if (nothing.length > 0) {
    // `options = {}` and then `options.timeout`: the caller decides.
    const callers = members.every((member) => nothing.includes(member) || member.kind === 'parameter');
    return { is: 'unknown', reason: { code: callers ? 'parameter' : 'sometimes-set' } };
  }
  return { is: 'set', value, place };
}
