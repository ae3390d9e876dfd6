import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { memberName, outermost } from '../analysis/syntax.js';
import type { InstanceValue, OptionAnswer, Place, Value } from '../analysis/value.js';
import type { RetryModel } from '../models/types.js';
import { packageDefaults } from '../project/package-facts.js';
import { retriesSet } from './client-backoff.js';
import type { IoCall } from './io-calls.js';
import { libraryRetries } from './library-retries.js';

/** How often a client makes one call. */
export interface ClientAttempts {
  readonly attempts: number;
  /** Nobody wrote how often. */
  readonly byDefault: boolean;
  /** Where it is written. */
  readonly place: Place | null;
  readonly retry: RetryModel;
  /** Who tries again: the client, or a library that was attached to it. */
  readonly title: string;
  readonly attached: boolean;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'QUERY', 'POST', 'PATCH']);

/** How often a client makes a call that fails, by itself; `null` where that is not known, or not more than once. */
export function clientAttempts(call: IoCall): ClientAttempts | null {
  if (call.uncertain || call.mode !== 'reply') return null;
  return byClient(call) ?? byAttachment(call);
}

function byClient(call: IoCall): ClientAttempts | null {
  const { model, instance, from } = call.operation;
  const { retry } = model;
  // What is tried with another server, or when nothing was sent, puts no more load on what fails.
  if (retry?.option === undefined || retry.failover === true || !triesAgain(retry, call)) return null;
  const base = { retry, title: model.title, attached: false };
  if (retry.option.startsWith('.')) {
    const chained = chainedCount(call, retry.option.slice(1, -2));
    return chained === null ? null : { ...base, attempts: chained.count + 1, byDefault: false, place: chained.place };
  }
  let answer = retriesSet(retry.option, instance, call.options);
  if (answer.is === 'absent') answer = fromPackage(call, retry.option);
  if (answer.is === 'unknown' || packageDefaults(from, model, instance).opaque !== null) return null;
  if (answer.is === 'absent') return more({ ...base, attempts: retry.retries + 1, byDefault: true, place: null });
  if (answer.value.kind !== 'literal' || typeof answer.value.value !== 'number') return null;
  return more({ ...base, attempts: retry.counts === 'attempts' ? answer.value.value : answer.value.value + 1, byDefault: false, place: answer.place });
}

function more(found: ClientAttempts): ClientAttempts | null {
  return found.attempts > 1 && Number.isFinite(found.attempts) ? found : null;
}

function fromPackage(call: IoCall, option: string): OptionAnswer {
  for (const layer of packageDefaults(call.operation.from, call.operation.model, call.operation.instance).layers) {
    const answer = readOption(layer, option);
    if (answer.is !== 'absent') return answer;
  }
  return { is: 'absent' };
}

/** Is this very call among those that are tried again after a reply? */
function triesAgain(retry: RetryModel, call: IoCall): boolean {
  const methods = retry.afterReply ?? retry.methods;
  if (methods === 'all') return true;
  const last = call.operation.name.split(/[. ]+/).at(-1)!;
  const method = httpMethod(call, last);
  if (retry.methodsOption !== undefined && isChanged(retry.methodsOption, call)) return false;
  return methods.includes(last) || (method !== null && methods.includes(method));
}

function isChanged(option: string, { operation, options }: IoCall): boolean {
  return [options, ...(operation.instance?.layers.map((layer) => layer.value) ?? [])].some((layer) => readOption(layer, option).is !== 'absent');
}

/** The HTTP method: by the name of what is called, or by the option; `null` where that is not known. */
function httpMethod({ operation, options }: IoCall, last: string): string | null {
  const name = last.toUpperCase();
  if (METHODS.has(name)) return name;
  if (operation.operation.effect !== 'by-http-method') return null;
  const answer = readOption(options, 'method');
  if (answer.is === 'absent') return 'GET';
  return answer.is === 'set' && answer.value.kind === 'literal' && typeof answer.value.value === 'string' ? answer.value.value.toUpperCase() : null;
}

/** `request.get(url).retry(3)`. */
function chainedCount({ file, node }: IoCall, method: string): { readonly count: number; readonly place: Place } | null {
  for (let holder = outermost(node); holder.parent?.type === 'MemberExpression' && holder.parent.object === holder; ) {
    const step = outermost(holder.parent).parent;
    if (step?.type !== 'CallExpression') return null;
    const [first] = step.arguments;
    if (memberName(holder.parent) === method && first !== undefined) {
      const value = evaluate(file, first);
      return value.kind === 'literal' && typeof value.value === 'number' && value.value > 0 ? { count: value.value, place: { file, node: first } } : null;
    }
    holder = outermost(step);
  }
  return null;
}

/** `axiosRetry(client, { retries: 3 })`: in the file that calls, or the one that makes the client. */
function byAttachment(call: IoCall): ClientAttempts | null {
  const { instance } = call.operation;
  if (instance === null || instance.optionsUnknown !== null) return null;
  for (const file of new Set([call.file, instance.made?.file ?? call.file])) {
    for (const found of libraryRetries(file)) {
      const { node, model, retry, attempts, attemptsSet } = found;
      const ref = attachedTo(file, node);
      if (ref === null || typeof attempts !== 'number' || attempts < 2) continue;
      if (!presentAlternatives(ref).some((value) => value.kind === 'instance' && isSame(value, instance))) continue;
      // What a function of somebody else's chooses is not known.
      const options = node.arguments[1] === undefined || node.arguments[1].type === 'SpreadElement' ? null : evaluate(file, node.arguments[1]);
      const chosen = retry.chosenBy !== undefined && 'path' in retry.chosenBy ? readOption(options, retry.chosenBy.path) : null;
      if (chosen !== null && chosen.is !== 'absent' && !isOfLibrary(chosen, model.title)) continue;
      if (!triesAgain(retry, call) || isChanged(`${model.packages[0]!}.${retry.option ?? ''}`, call)) continue;
      return { attempts, byDefault: !attemptsSet, place: { file, node }, retry, title: model.title, attached: true };
    }
  }
  return null;
}

/** The client to which a call attaches retries. */
function attachedTo(file: SourceFile, node: (ReturnType<typeof libraryRetries>)[number]['node']): Value | null {
  for (const callee of presentAlternatives(evaluate(file, node.callee))) {
    const ref = callee.kind === 'policy-export' ? callee.model.exports[callee.path]?.attachesTo : undefined;
    const argument = ref === undefined || ref.at === 'last' ? undefined : node.arguments[ref.at[0]!];
    if (argument !== undefined && argument.type !== 'SpreadElement') return evaluate(file, argument);
  }
  return null;
}

/** A condition that the library itself offers names failures that pass. */
function isOfLibrary(answer: OptionAnswer, title: string): boolean {
  return answer.is === 'set' && (answer.value.kind === 'policy-export' ? answer.value.model.title === title : answer.value.kind === 'unknown' && answer.value.reason.detail?.startsWith('is') === true);
}

function isSame(one: InstanceValue, other: InstanceValue): boolean {
  return one.model === other.model && one.made?.node === other.made?.node && one.made?.file === other.made?.file;
}
