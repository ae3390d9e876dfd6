import { evaluate } from '../analysis/evaluate.js';
import { readLayers } from '../analysis/options.js';
import { describe } from '../analysis/syntax.js';
import type { Value } from '../analysis/value.js';
import type { IoCall } from './io-calls.js';
import type { NestedRetry } from './nested-retries.js';
import type { Layer } from './retry-layers.js';
import type { RetryWords } from './retry-words.js';

/** What is said of a retry around another. */
export function wordsOfNested(nested: NestedRetry): RetryWords {
  const { outer, inner, product } = nested;
  const layers = [outer, ...inner];
  const target = targetOf(nested);
  const said = inner.map((layer) => `${wordsOfLayer(layer)} ${times(layer.attempts)}${byWhom(layer)}`).join(', within each of which ');
  return {
    finding: `${layers.map((layer) => layer.attempts).join(' × ')} = ${product} attempts against \`${target}\``,
    consequence: `${wordsOfOuter(outer)} ${times(outer.attempts)}, and each time ${said}, so that each caller waits for all of them and sends ${product} calls to what already fails`,
    mend: mendOf(inner.at(-1)!),
  };
}

function times(attempts: number): string {
  return attempts === 2 ? 'twice' : `${attempts} times`;
}

function wordsOfOuter({ by, kind, name }: Layer): string {
  if (by !== 'own') return `\`${name}\` tries`;
  return kind === 'loop' ? 'this loop tries' : `\`${name === '' ? 'the function' : name}\` calls itself and tries`;
}

function wordsOfLayer({ by, name, client }: Layer): string {
  if (by === 'own') return `\`${name}\` tries`;
  return client === null ? `\`${name}\` tries` : `${name} tries`;
}

function byWhom({ client }: Layer): string {
  return client === null ? '' : client.found.byDefault ? ' by its default' : ' by its own options';
}

function mendOf({ client, by, name }: Layer): string {
  if (client !== null) {
    const { retry, attached, title } = client.found;
    if (retry.stays === true) return `Let one of them retry: take this one away, as ${title} waits between its attempts and an idempotent producer needs them`;
    return attached || retry.option === undefined ? `Let one of them retry: call a client without ${title} here, or take the outer retry away` : `Let one of them retry: set \`${noneOf(retry)}\` for ${retry.at?.includes('call') === true ? 'this call' : 'this client'}`;
  }
  return by === 'own' ? `Let one of them retry: take this one away, or let \`${name}\` fail at once` : 'Let one of them retry, and the other fail at once';
}

/** The option that leaves one attempt. */
export function noneOf({ option, counts }: { readonly option?: string; readonly counts?: 'retries' | 'attempts' }): string {
  return `${option ?? 'retries'}: ${counts === 'attempts' ? '1' : '0'}`;
}

/** The host, where it is known; else what is called. */
function targetOf({ chain }: NestedRetry): string {
  const { io } = chain;
  return (io === null ? null : hostOf(io)) ?? (io === null ? chain.subject : describe(io.node.type === 'TaggedTemplateExpression' ? io.node.tag : io.node.callee));
}

function hostOf({ file, node, operation }: IoCall): string | null {
  const ref = operation.operation.url;
  const at = ref === undefined || ref.at === 'last' || node.type === 'TaggedTemplateExpression' ? undefined : node.arguments[ref.at[0]!];
  const own = at === undefined || at.type === 'SpreadElement' ? null : hostIn(evaluate(file, at));
  if (own !== null) return own;
  const layers = operation.instance?.layers.map((layer) => layer.value) ?? [];
  for (const option of ['baseURL', 'prefixUrl', 'prefix', 'endpoint']) {
    const answer = readLayers(layers, option, null);
    const host = answer.is === 'set' ? hostIn(answer.value) : null;
    if (host !== null) return host;
  }
  return null;
}

function hostIn(value: Value): string | null {
  const text = value.kind === 'literal' && typeof value.value === 'string' ? value.value : value.kind === 'text' ? (value.parts[0] ?? '') : value.kind === 'url' ? null : null;
  return text === null ? null : (/^https?:\/\/([^/?#:]+)(?=[/?#:]|$)/.exec(text)?.[1] ?? null);
}
