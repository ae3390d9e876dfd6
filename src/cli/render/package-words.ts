import type { PoolModel } from '../../models/pool-types.js';
import type { SeamModel } from '../../models/seam-types.js';
import type { BoundModel, RetryModel, ZeroMeans } from '../../models/types.js';
import type { ClientKnowledge } from '../explain-package.js';
import { duration, list, number, sentence } from './words.js';

/** What a zero in an option means. */
export const ZERO: Readonly<Record<ZeroMeans, string>> = { unlimited: 'no limit', default: 'the default', invalid: 'an error', immediate: 'at once' };

/** Longer lists are cut; `--format json` has them whole. */
export const MOST_NAMES = 24;

/** The rest of a list that is cut. */
export const more = (total: number, most = MOST_NAMES): string => (total > most ? ` and ${number(total - most)} more` : '');

/** The answer to "what if nobody set anything?", in one line. */
export function verdictOf({ byDefault, unbounded, bounds, retry }: ClientKnowledge): string {
  const what = sentence(withDefault(unbounded, bounds));
  const times = retry !== null && retry.retries > 0 && retry.retriesTimeouts === true ? ` Its own timeouts are tried again, so all attempts take ${retry.retries === Infinity ? 'as long as it fails' : `up to ${number(retry.retries + 1)} times that, and the waits`}.` : '';
  switch (byDefault.is) {
    case 'in-process':
      return 'Calls nobody by itself: no bound is asked of it.';
    case 'bounded':
      return `Bounded by default, after ${duration(byDefault.ms!)}. ${what}${times}`;
    case 'too-late':
      return `Bounded too late: by default after ${duration(byDefault.ms!)}. ${what}${times}`;
    case 'by-driver':
      return `A driver below it sets the limits. ${what}`;
    case 'unmendable':
      return `Unbounded, and no option of the library bounds a call. ${what}`;
    case 'unbounded':
      return `Unbounded by default. ${what}`;
  }
}

/** A model's sentence with the library's default put in for `{default}`. */
export function withDefault(text: string, bounds: readonly Pick<BoundModel, 'default' | 'unit'>[]): string {
  const bound = bounds.find((each) => each.default !== null);
  return text.replaceAll('{default}', bound === undefined ? 'no limit' : limitText(bound.default!, bound.unit));
}

/** A limit with its unit: `5 min`. */
export function limitText(value: number, unit: BoundModel['unit']): string {
  if (value === Infinity) return 'no limit';
  if (unit === 'epoch-ms') return String(value);
  return duration(unit === 's' ? value * 1000 : value);
}

const WRITES = ['POST', 'PATCH'];

/** How it tries again by itself: attempts in all, of what, after which waits. */
export function retryText(retry: RetryModel): string {
  const { retries, methods } = retry;
  const note = retry.note === undefined ? '' : ` ${sentence(retry.note)}`;
  if (retries === 0 && methods.length === 0) return `One attempt: it does not send a call again by itself.${note}`;
  const attempts = retries === 0 ? 'One attempt by default: it does not try again by itself' : retries === Infinity ? 'Tries again without end by default' : `Up to ${number(retries + 1)} attempts by default, the first included`;
  const option = retry.option === undefined ? '' : ` (\`${retry.option}\`${retry.counts === 'attempts' ? ' counts attempts' : ' counts those after the first'})`;
  const byMethod = methods !== 'all' && methods.every((name) => name === name.toUpperCase());
  const spared = byMethod ? WRITES.filter((name) => !methods.includes(name)) : [];
  const what = methods === 'all' ? 'writes too' : methods.length === 0 ? 'nothing unless it is asked for' : `${byMethod ? '' : 'only '}${list(methods)}`;
  const once = spared.length > 0 ? ` ${list(spared)} ${spared.length === 1 ? 'is' : 'are'} sent once.` : '';
  const pace = { none: 'There is no wait between', fixed: 'Waits stay the same', exponential: 'Waits grow' }[retry.backoff];
  const first = retry.waits === undefined ? '' : `, the first of ${duration(retry.waits.first.byDefault)}`;
  const asks = retries === 0 ? `; where it is asked to: ${what}` : `: ${what}`;
  return `${attempts}${option}${asks}.${once} ${pace}${first}${retry.backoff === 'none' ? '' : retry.jitter ? ', with jitter' : ', without jitter'}.${retry.retriesTimeouts === true ? ' Its own timeouts are tried again.' : ''}${note}`;
}

/** One limit of a pool. */
export function poolText({ limits, path, default: byDefault, zero, clients }: PoolModel): string {
  const none = byDefault === 'unlimited';
  const what = {
    size: none ? 'Any number of them at once' : `At most ${byDefault} at once`,
    wait: none ? 'A caller waits for a free one without end' : `A caller waits for a free one up to ${typeof byDefault === 'number' ? duration(byDefault) : byDefault}`,
    waiters: none ? 'Any number of callers may wait for a free one' : `At most ${byDefault} callers may wait for a free one`,
    sockets: none ? 'Any number of requests at once' : `At most ${byDefault} requests at once; further ones wait without end`,
  }[limits];
  return `${what} (\`${path}\`${zero === undefined ? '' : `; 0 means ${ZERO[zero]}`}${clients === undefined ? '' : `; of ${list(clients)}`}).`;
}

/** What stands in place of what is missing, with the calls that answer so. */
export function emptyTexts(empty: ClientKnowledge['empty']): readonly string[] {
  const groups = new Map<string, Set<string>>();
  for (const { operation, path, value, sql } of empty) {
    const key = `${value}${path === '' ? '' : ` at \`${path}\``}${sql === undefined ? '' : ', where no row matches'}`;
    const names = groups.get(key) ?? new Set<string>();
    // `redis.get` and `cluster.get` are one thing to know.
    groups.set(key, names.add(operation.slice(operation.indexOf('.') + 1)));
  }
  return [...groups].map(([key, names]) => `${key}: ${[...names].slice(0, MOST_IN_GROUP).join(', ')}${more(names.size, MOST_IN_GROUP)}`);
}

const MOST_IN_GROUP = 10;

/** Where `wrap-clients` puts a policy. */
export function seamText(seam: SeamModel | null): string {
  if (seam === null || seam.kind === 'none' || seam.outcomes === undefined || seam.client === undefined) return `\`wrap-clients\` puts no policy around it${seam?.note === undefined ? '.' : `: ${seam.note}.`}`;
  const { write } = seam;
  const where =
    write === undefined
      ? 'around each call'
      : { option: `as the option \`${write.path}\`, where the client is made`, list: `as the last of \`${write.path}\`, where the client is made`, around: 'around the client, where it is made', chain: `by \`.${write.path}(…)\` on the client` }[write.form];
  const beside = write?.beside === undefined ? '' : `, beside ${list(write.beside.map(({ path, text }) => `\`${path}: ${text}\``))}`;
  return `\`wrap-clients\` puts a policy ${where}${beside} (\`clients=${seam.client}\`)${seam.versions === undefined ? '' : `; versions ${seam.versions}`}${seam.takesSignal === false ? '; it stops waiting, but cannot end the call' : ''}${seam.policies === 'unsent' ? '; only what was never sent is tried again' : ''}.${seam.note === undefined ? '' : ` ${sentence(seam.note)}`}`;
}
