import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { readLayers, readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { memberName, outermost, unwrap } from '../analysis/syntax.js';
import { alternatives, type InstanceValue, type OptionAnswer } from '../analysis/value.js';
import type { RetryModel } from '../models/retry-types.js';
import { methodsOf } from './call-effect.js';
import type { IoCall } from './io-calls.js';
import { libraryRetries } from './library-retries.js';
import { retriedErrors } from './retried-errors.js';

type Node = TSESTree.Node;

/** Why a client repeats a write by itself, for people: `retry.methods`, `.retry()`, `axiosRetry`. */
export interface ClientRetry {
  readonly name: string;
  /** Where that is said. */
  readonly file: SourceFile;
  readonly node: Node;
}

/**
 * Is a client told to repeat this call when it fails?
 * - an option names its method: `retry: { methods: ['POST'] }`
 * - a method of its chain: `.retry(3)`, which asks for no method
 * - a library that was put on the client, whose condition does not spare writes
 * What a library does by its own default with a key of its own is left to it.
 */
export function clientRetryOf(call: IoCall): ClientRetry | null {
  return byMethods(call) ?? byChain(call) ?? byLibrary(call);
}

function byMethods(call: IoCall): ClientRetry | null {
  const { retry } = call.operation.model;
  if (retry?.methodsOption === undefined) return null;
  const { instance } = call.operation;
  const answers: OptionAnswer[] = [readOption(call.options, retry.methodsOption)];
  if (instance !== null) answers.push(readLayers(instance.layers.map((layer) => layer.value), retry.methodsOption, instance.optionsUnknown));
  const answer = answers.find(({ is }) => is !== 'absent');
  const methods = methodsOf(call);
  if (answer?.is !== 'set' || methods?.length !== 1) return null;
  const named = alternatives(answer.value).some((value) => value.kind === 'array' && value.items.some((item) => { const one = item(); return one.kind === 'literal' && String(one.value).toUpperCase() === methods[0]; }));
  return named ? { name: retry.methodsOption, file: answer.place?.file ?? call.file, node: answer.place?.node ?? call.node } : null;
}

function byChain({ file, node, operation }: IoCall): ClientRetry | null {
  const option = operation.model.retry?.option ?? '';
  if (!/^\.\w+\(\)$/.test(option)) return null;
  const method = option.slice(1, -2);
  for (let holder = outermost(node); holder.parent?.type === 'MemberExpression' && unwrap(holder.parent.object) === unwrap(holder); ) {
    const member: TSESTree.MemberExpression = holder.parent;
    const next: Node | undefined = outermost(member).parent;
    if (next?.type !== 'CallExpression') return null;
    const [count] = next.arguments;
    const isNone = count !== undefined && count.type !== 'SpreadElement' && alternatives(evaluate(file, count)).every((value) => value.kind === 'literal' && (value.value === 0 || value.value === false));
    if (memberName(member) === method && !isNone) return { name: option, file, node: next };
    holder = outermost(next);
  }
  return null;
}

/** `axiosRetry(api)`, in the file of the call or in the one that makes the client. */
function byLibrary(call: IoCall): ClientRetry | null {
  const { instance } = call.operation;
  if (instance === null || instance.optionsUnknown !== null) return null;
  const homes = new Set([call.file, ...(instance.made === null ? [] : [instance.made.file])]);
  for (const home of homes) {
    for (const retry of libraryRetries(home)) {
      const { condition } = retry.retry;
      const client = clientArgument(home, retry.node);
      if (client === null || !isSame(client, instance) || retry.attempts === 1) continue;
      const [options] = retry.node.arguments.slice(1);
      const answer = condition === undefined || options === undefined || options.type === 'SpreadElement' ? null : readOption(evaluate(home, options), condition.path);
      if (answer?.is === 'unknown') continue;
      if (answer?.is === 'set' && !retriesWrites(answer, condition!)) continue;
      return { name: retry.name, file: home, node: retry.node };
    }
  }
  return null;

  function clientArgument(home: SourceFile, node: TSESTree.CallExpression | TSESTree.NewExpression): InstanceValue | null {
    for (const value of presentAlternatives(evaluate(home, unwrap(node.callee)))) {
      const path = value.kind === 'policy-export' ? value.path : value.kind === 'export' ? 'default' : null;
      const ref = path === null ? undefined : home.project.models.policies(packageOf(value)).find((model) => model.exports[path]?.attachesTo !== undefined)?.exports[path]?.attachesTo;
      const argument = ref === undefined || ref.at === 'last' ? undefined : node.arguments[ref.at[0] ?? 0];
      if (argument === undefined || argument.type === 'SpreadElement') continue;
      const found = presentAlternatives(evaluate(home, argument)).find(({ kind }) => kind === 'instance');
      if (found?.kind === 'instance') return found;
    }
    return null;
  }
}

function packageOf(value: { readonly kind: string }): string {
  const one = value as { readonly package?: string; readonly model?: { readonly packages: readonly string[] } };
  return one.package ?? one.model?.packages[0] ?? '';
}

function isSame(one: InstanceValue, other: InstanceValue): boolean {
  return one.model === other.model && one.made?.node === other.made?.node && one.made?.file.path === other.made?.file.path;
}

/** A condition of the project's own: does it let a write come round after what proves nothing? */
function retriesWrites(answer: Extract<OptionAnswer, { is: 'set' }>, { sparesWrites, repeatsWrites }: NonNullable<RetryModel['condition']>): boolean {
  const place = answer.place;
  if (place === null) return false;
  const value = place.node.type === 'Property' ? place.node.value : place.node;
  const names = (text: string, list: readonly string[]): boolean => list.some((name) => new RegExp(`\\b${name}\\b`).test(text));
  const texts = alternatives(evaluate(place.file, value)).map((one) => (one.kind === 'function' ? one.file.text.slice(one.node.range[0], one.node.range[1]) : place.file.text.slice(value.range[0], value.range[1])));
  if (texts.some((text) => /\bmethod\b/.test(text))) return false;
  if (texts.some((text) => names(text, repeatsWrites))) return true;
  if (texts.some((text) => names(text, sparesWrites) || /idempoten|\bsafe/i.test(text))) return false;
  return retriedErrors([{ file: place.file, node: value, as: 'test' }]) === 'any' && texts.some((text) => text.includes('=>') || text.includes('{'));
}
