import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { findExport, valueOfExport, type FoundExport } from '../analysis/exports.js';
import { importedNames } from '../analysis/imported-names.js';
import { readLayers, readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, memberName, outermost, staticName, unwrap } from '../analysis/syntax.js';
import type { OptionAnswer, Place } from '../analysis/value.js';
import { isModuleOfPolicies, PASSES_BY, TELLS_READS, WAYS_OF_POLICIES, type WayOfPolicy } from '../models/policy-module-names.js';
import type { SectionName } from '../models/seam-types.js';
import { addressArgument } from './call-downstream.js';
import type { IoCall } from './io-calls.js';
import { leadingPart } from './leading-part.js';

type Node = TSESTree.Node;

/** A policy that stands around a call, of a module that `wrap-clients` writes. */
export interface WrittenPolicy {
  /** As its module hands it out: `payments`. */
  readonly name: string;
  /** What it does with the call; `reads`: tries again what reads, and what has an idempotency key. */
  readonly way: WayOfPolicy | 'reads';
  /** It opens a circuit; that of a store only has a deadline. */
  readonly breaks: boolean;
  /** The limit of the whole call, ms; `null` where it is not one number. */
  readonly deadline: number | null;
  /** Attempts after the first; `null` where it is not one number. */
  readonly retries: number | null;
  /** Where the call or the client is handed to it. */
  readonly place: Place;
}

/** The policy around a call, or the one that its client sends its calls through; `null` where none can be read. */
export function writtenPolicy(call: IoCall): WrittenPolicy | null {
  let found = known.get(call);
  if (found === undefined) known.set(call, (found = find(call)));
  return found;
}

const known = new WeakMap<IoCall, WrittenPolicy | null>();

function find(call: IoCall): WrittenPolicy | null {
  const around = aroundCall(call);
  if (around !== null) return around;
  // Where a wrapper sends a call stands inside of it.
  return call.through === null ? ofClient(call) : find(call.through.inner);
}

/** `payments.retry((signal) => fetch(url, { signal }))` */
function aroundCall({ file, node }: IoCall): WrittenPolicy | null {
  for (let at: Node | undefined = node; at != null; at = at.parent) {
    if (!isFunction(at)) continue;
    const holder = outermost(at);
    const parent = holder.parent;
    if (parent?.type !== 'CallExpression' || parent.arguments[0] !== holder) continue;
    const callee = unwrap(parent.callee);
    const way = callee.type === 'MemberExpression' ? memberName(callee) : null;
    if (way === null || !isWay(way)) continue;
    const made = policyOf(file, (callee as TSESTree.MemberExpression).object);
    if (made !== null) return { ...made, way, deadline: ownDeadline(file, parent, made.deadline), place: { file, node: parent } };
  }
  return null;
}

function isWay(name: string): name is WayOfPolicy {
  return (WAYS_OF_POLICIES as readonly string[]).includes(name);
}

/** `payments.once(run, { deadline: 500 })` */
function ownDeadline(file: SourceFile, call: TSESTree.CallExpression, usual: number | null): number | null {
  const options = call.arguments[1];
  if (options === undefined) return usual;
  if (options.type === 'SpreadElement') return null;
  const own = readOption(evaluate(file, options), 'deadline');
  if (own.is === 'absent') return usual;
  return numberIn(own);
}

/** `adapter: axiosAdapter(payments)`, `handlers: [gotHandler(payments)]`, `throughPolicy(payments, new S3Client({}))` */
function ofClient(call: IoCall): WrittenPolicy | null {
  const { model, instance } = call.operation;
  const write = model.seam?.write;
  if (write === undefined || instance === null || goesElsewhere(call) || mayPassBy(call, write.section)) return null;
  for (const { file, node } of write.form === 'around' ? aroundClient(instance.made) : writtenOptions(call, write.path)) {
    for (const item of node.type === 'ArrayExpression' ? node.elements : [node]) {
      if (item === null || item.type === 'SpreadElement') continue;
      const made = unwrap(item);
      const [policy, own] = made.type === 'CallExpression' && made.callee.type === 'Identifier' && made.callee.name === write.section ? made.arguments : [];
      const found = policy === undefined || policy.type === 'SpreadElement' ? null : policyOf(file, policy);
      if (found === null) continue;
      const readsAgain = TELLS_READS.has(write.section) && (own === undefined || own.type === 'SpreadElement' || readOption(evaluate(file, own), 'once').is === 'absent');
      return { ...found, way: readsAgain ? 'reads' : 'once', place: { file, node: made } };
    }
  }
  return null;
}

/** What is asked elsewhere by its own address passes by the policy of a client; where it goes has to be seen. */
function goesElsewhere({ file, node, operation, options }: IoCall): boolean {
  if (node.type !== 'CallExpression' || operation.operation.url === undefined) return false;
  const argument = addressArgument(operation.operation.url, node);
  const option = argument === null ? readOption(options, 'url') : ({ is: 'absent' } as const);
  const value = argument !== null ? leadingPart(file, argument)?.value : option.is === 'set' ? option.value : undefined;
  const text = value?.kind === 'literal' ? value.value : value?.kind === 'text' ? value.parts[0] : null;
  return typeof text !== 'string' || /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(text);
}

/** `new PutObjectCommand({ Body })`: what cannot be seen to be without a stream may be sent past the policy. */
function mayPassBy({ node }: IoCall, section: SectionName): boolean {
  const input = PASSES_BY[section];
  if (input === undefined || node.type !== 'CallExpression') return false;
  const [first] = node.arguments;
  const command = first === undefined || first.type === 'SpreadElement' ? null : unwrap(first);
  const given = command?.type === 'NewExpression' ? command.arguments[0] : (command ?? undefined);
  if (given?.type !== 'ObjectExpression') return given !== undefined;
  return given.properties.some((property) => property.type !== 'Property' || staticName(property.key, property.computed) === input || staticName(property.key, property.computed) === null);
}

function aroundClient(made: Place | null): readonly Place[] {
  if (made === null) return [];
  const holder = outermost(made.node);
  return holder.parent?.type === 'CallExpression' && holder.parent.arguments[1] === holder ? [{ file: made.file, node: holder.parent }] : [];
}

function writtenOptions({ operation: { instance } }: IoCall, path: string): readonly Place[] {
  const answer = readLayers(instance!.layers.map((layer) => layer.value), path, null);
  if (answer.is !== 'set' || answer.place === null) return [];
  const { file, node } = answer.place;
  return [{ file, node: unwrap(node.type === 'Property' ? node.value : node) }];
}

/** What an expression names is a policy of such a module. */
function policyOf(file: SourceFile, expression: Node): Omit<WrittenPolicy, 'way' | 'place'> | null {
  const found = exportNamed(file, unwrap(expression));
  if (found === null) return null;
  const { name, made: { file: module } } = found;
  const made = valueOfExport(found.made);
  const maker = made?.type === 'CallExpression' && made.callee.type === 'Identifier' ? made.callee.name : null;
  if (made?.type !== 'CallExpression' || (maker !== 'policy' && maker !== 'store')) return null;
  const machinery = machineryOf(module, maker);
  if (machinery === null) return null;
  const own = made.arguments[2] === undefined || made.arguments[2].type === 'SpreadElement' ? null : evaluate(module, made.arguments[2]);
  const limit = (path: 'deadline' | 'retries'): number | null => {
    const chosen = own === null ? ({ is: 'absent' } as const) : readOption(own, path);
    if (chosen.is === 'absent') return limitOf(machinery, path);
    return numberIn(chosen);
  };
  return { name, breaks: maker === 'policy', deadline: limit('deadline'), retries: limit('retries') };
}

/** `payments`, `policies.payments`: where another module, or this one, makes it. */
function exportNamed(file: SourceFile, node: Node): { readonly name: string; readonly made: Extract<FoundExport, { readonly is: 'local' }> } | null {
  const imported = importedNames(file);
  const whole = node.type === 'MemberExpression' && node.object.type === 'Identifier' ? imported.get(node.object.name) : undefined;
  const member = node.type === 'MemberExpression' ? memberName(node) : null;
  const from = whole !== undefined && member !== null && (whole.name === '*' || whole.name === 'module.exports') ? { specifier: whole.specifier, name: member } : node.type === 'Identifier' ? imported.get(node.name) : undefined;
  if (from === undefined) return null;
  const module = file.project.importedModule(file.path, from.specifier);
  const found = module.is === 'file' ? findExport(module.file, from.name, file.project) : null;
  return found === null || found === 'unknown' || found.is !== 'local' ? null : { name: from.name, made: found };
}

/** The module that has what makes policies: this one, or one of another package. */
function machineryOf(file: SourceFile, maker: string): SourceFile | null {
  if (isModuleOfPolicies(file.text)) return file;
  const from = importedNames(file).get(maker);
  const module = from === undefined ? null : file.project.importedModule(file.path, from.specifier);
  if (from === undefined || module?.is !== 'file') return null;
  const found = findExport(module.file, from.name, file.project);
  const other = found === null || found === 'unknown' || found.is !== 'local' ? null : found.file;
  return other !== null && isModuleOfPolicies(other.text) ? other : null;
}

/** A number of `const LIMITS = { deadline: 10_000, … }`. */
function limitOf(file: SourceFile, path: string): number | null {
  for (const statement of file.program.body) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of statement.declarations) {
      if (id.type !== 'Identifier' || id.name !== 'LIMITS' || init == null) continue;
      return numberIn(readOption(evaluate(file, init), path));
    }
  }
  return null;
}

function numberIn(answer: OptionAnswer): number | null {
  return answer.is === 'set' && answer.value.kind === 'literal' && typeof answer.value.value === 'number' ? answer.value.value : null;
}
