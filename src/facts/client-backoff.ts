import { readLayers, readOption } from '../analysis/options.js';
import { ABSENT, type OperationValue, type OptionAnswer, type Value } from '../analysis/value.js';

/**
 * Does the client of a call try again by itself, with a delay that grows? Who set its number of
 * attempts to nothing has switched that off; a number that is not known may leave it on.
 * @param options the options of the call; `null`: none are passed
 */
export function backsOffByItself({ model, instance }: OperationValue, options: Value | null): boolean {
  const { retry } = model;
  if (retry === undefined || retry.backoff !== 'exponential') return false;
  if (retry.option === undefined) return retry.retries > 0;
  const answer = retriesSet(retry.option, instance, options);
  if (answer.is === 'unknown') return true;
  if (answer.is === 'absent') return retry.retries > 0;
  const { value } = answer;
  if (value.kind !== 'literal') return true;
  const least = retry.counts === 'attempts' ? 1 : 0;
  return typeof value.value === 'number' ? value.value > least : value.value !== false && value.value !== null;
}

/** What the call sets, else what its client does. `retry: 0` may stand for `retry: { limit: 0 }`. */
export function retriesSet(option: string, instance: OperationValue['instance'], options: Value | null): OptionAnswer {
  const paths = option.includes('.') ? [option, option.slice(0, option.lastIndexOf('.'))] : [option];
  for (const path of paths) {
    const isWhole = path === option;
    const answer = readOption(options, path);
    if (isWhole ? answer.is !== 'absent' : isShorthand(answer)) return answer;
    if (instance === null) continue;
    const ofClient = readLayers(instance.layers.map((layer) => layer.value), path, isWhole ? instance.optionsUnknown : null);
    if (isWhole ? ofClient.is !== 'absent' : isShorthand(ofClient)) return ofClient;
  }
  return ABSENT;
}

function isShorthand(answer: OptionAnswer): boolean {
  return answer.is === 'set' && answer.value.kind === 'literal';
}
