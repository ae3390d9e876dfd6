import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { evaluate } from '../analysis/evaluate.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, memberName, unwrap } from '../analysis/syntax.js';
import type { InstanceValue, ObjectEntry, Reason, Value } from '../analysis/value.js';
import type { ClientModel, MutatorModel, RegistrationModel } from '../models/types.js';

type Node = TSESTree.Node;

/** Defaults that other code of the package sets for a client. */
export interface PackageDefaults {
  /** Option layers, weaker than the client's own. */
  readonly layers: readonly Value[];
  /** Something runs before each call (an interceptor, a replaced global) that may bound it. */
  readonly opaque: Reason | null;
  /** Where each was found, for people. */
  readonly found: readonly { readonly file: SourceFile; readonly node: Node; readonly what: string }[];
}

const MEMO = Symbol('package-facts');
const NOTHING: PackageDefaults = { layers: [], opaque: null, found: [] };

/** Not part of the running program: what a test sets up holds for the test. */
const TEST_PATH = /(?:^|[\\/])(?:__tests__|__mocks__|tests?|e2e|spec|specs|mocks?|cypress|fixtures)[\\/]|\.(?:test|spec|e2e|e2e-spec|stories)\.[cm]?[jt]sx?$/;

/** What the package sets anywhere for the clients of a model: `axios.defaults.timeout`, a global dispatcher. */
export function packageDefaults(file: SourceFile, model: ClientModel, instance: InstanceValue | null): PackageDefaults {
  const memo = file.memo(MEMO, () => new Map<string, PackageDefaults>());
  const mutators = [...(model.mutators ?? []), ...file.project.models.affecting(model.id)];
  if (mutators.length === 0) return NOTHING;
  const perInstance = mutators.some((mutator) => mutator.onClient !== undefined) && instance?.made != null;
  const key = perInstance ? `${model.id}:${instance.made!.file.path}:${instance.made!.node.range[0]}` : model.id;
  const known = memo.get(key);
  if (known !== undefined) return known;
  memo.set(key, NOTHING);
  const layers: Value[] = [];
  const found: { file: SourceFile; node: Node; what: string }[] = [];
  let opaque: Reason | null = null;
  for (const hit of filesToSearch(file, mutators.map((mutator) => mutator.text))) {
    for (const mutator of mutators) {
      for (const change of changesIn(hit, mutator, model, instance)) {
        found.push({ file: hit, node: change.node, what: describe(change.node.type === 'AssignmentExpression' ? change.node.left : change.node) });
        if (change.layer !== null) layers.push(change.layer);
        else opaque ??= change.reason;
      }
    }
  }
  const result = { layers, opaque, found };
  memo.set(key, result);
  return result;
}

function filesToSearch(file: SourceFile, needles: readonly string[]): readonly SourceFile[] {
  const others = file.project.filesContaining(file.path, needles).filter((other) => other.path !== file.path && !TEST_PATH.test(below(file.path, other.path)));
  return needles.some((needle) => file.text.includes(needle)) ? [file, ...others] : others;
}

/** The part of a path that differs from another's: a checkout below `test/` is no test. */
function below(from: string, path: string): string {
  let at = 0;
  for (let i = 0; i < Math.min(from.length, path.length) && from[i] === path[i]; i++) if (/[\\/]/.test(path[i]!)) at = i + 1;
  return path.slice(at);
}

interface Change {
  readonly node: TSESTree.AssignmentExpression | TSESTree.CallExpression;
  readonly layer: Value | null;
  readonly reason: Reason;
}

function changesIn(file: SourceFile, mutator: MutatorModel, model: ClientModel, instance: InstanceValue | null): Change[] {
  const changes: Change[] = [];
  if (mutator.by === 'assign') {
    for (const node of file.index.assignments) {
      if (node.type !== 'AssignmentExpression' || !reaches(file, node.left, mutator, model, instance)) continue;
      const reason: Reason = { code: mutator.replaces === true ? 'replaced-global' : 'mutated', detail: mutator.path };
      changes.push({ node, reason, layer: mutator.replaces === true ? null : layerOf(mutator, evaluate(file, node.right), { file, node }) });
    }
    return [...changes, ...mergedInto(file, mutator, model, instance)];
  }
  for (const node of file.index.calls) {
    if (node.type !== 'CallExpression') continue;
    if (!reaches(file, node.callee, mutator, model, instance)) continue;
    if (mutator.opaqueUnless !== undefined) {
      if (!mayMention(file, node, mutator.opaqueUnless)) continue;
      changes.push({ node, layer: null, reason: { code: 'interceptor', detail: describe(node.callee) } });
      continue;
    }
    const argument = mutator.options === undefined ? null : argumentValue(file, node.arguments, mutator.options);
    if (argument === null) continue;
    changes.push({ node, reason: { code: 'mutated' }, layer: layerOf(mutator, argument.value, { file, node }) });
  }
  return changes;
}

/** `Object.assign(axios.defaults, { timeout })`: the same as an assignment to each key. */
function mergedInto(file: SourceFile, mutator: MutatorModel, model: ClientModel, instance: InstanceValue | null): Change[] {
  const parent = mutator.path.split('.').slice(0, -1).join('.');
  if (mutator.sets === undefined || mutator.sets.includes('.') || parent === '' || mutator.replaces === true) return [];
  return file.index.calls.flatMap((node) => {
    const [target, ...sources] = node.arguments;
    if (node.type !== 'CallExpression' || target === undefined || sources.length === 0 || describe(node.callee) !== 'Object.assign') return [];
    if (!reaches(file, target, { ...mutator, path: parent }, model, instance)) return [];
    return sources.map((source) => ({
      node,
      reason: { code: 'mutated' } as const,
      layer: source.type === 'SpreadElement' ? null : evaluate(file, source),
    }));
  });
}

/** `sets: 'agent.timeout'` puts the value into an object below that path. */
function layerOf(mutator: MutatorModel, value: Value, place: { file: SourceFile; node: Node }): Value {
  if (mutator.sets === undefined) return value;
  return mutator.sets.split('.').reduceRight<Value>((inner, key) => {
    const entry: ObjectEntry = { value: () => inner, place };
    return { kind: 'object', entries: new Map([[key, entry]]), open: null, place: null };
  }, value);
}

/** Is this target what the mutator names: by the path below an export of the model, or below this very client? */
function reaches(file: SourceFile, target: Node, mutator: MutatorModel, model: ClientModel, instance: InstanceValue | null): boolean {
  const names: string[] = [];
  let root = unwrap(target);
  for (;;) {
    if (root.type === 'MemberExpression') {
      const name = memberName(root);
      if (name === null) return false;
      names.unshift(name);
      root = unwrap(root.object);
      const whole = mutator.onClient === undefined ? null : clientAt(file, root);
      if (whole !== null) return names.join('.') === mutator.path && sameClient(whole, instance);
    } else break;
  }
  if (mutator.onClient !== undefined) return false;
  const [packageName, path] = mutator.path.includes(':') ? splitPackage(mutator.path) : [null, mutator.path];
  // A global that is replaced: `globalThis.fetch = …`.
  if (root.type === 'Identifier' && [root.name, ...names].join('.') === path) {
    const variable = file.bindings.variableOf(root);
    if (variable === null || variable === 'global') return true;
  }
  const wanted = path.split('.');
  const below = wanted[0] === 'default' ? wanted.slice(1) : wanted;
  const value = evaluate(file, root);
  const belongs = (candidate: string): boolean => (packageName === null ? model.packages.includes(candidate) || candidate === model.packages[0] : candidate === packageName);
  switch (value.kind) {
    case 'instance':
      // The default client that the library itself makes.
      return value.made === null && value.optionsUnknown === null && value.model.packages.some(belongs) && samePath(names, below);
    case 'export':
      return belongs(value.package) && (samePath([...value.path, ...names], wanted) || samePath([...value.path.filter((step) => step !== 'default'), ...names], below));
    case 'model-export':
      return value.model.packages.some(belongs) && samePath([...value.path.split('.'), ...names], wanted);
    default:
      return false;
  }
}

function splitPackage(path: string): [string, string] {
  const at = path.lastIndexOf(':');
  return [path.slice(0, at), path.slice(at + 1)];
}

function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

function clientAt(file: SourceFile, node: Node): InstanceValue | null {
  const value = evaluate(file, node);
  return value.kind === 'instance' ? value : null;
}

/** The same construction; clients of unknown origin may be the one that is changed. */
function sameClient(changed: InstanceValue, instance: InstanceValue | null): boolean {
  if (instance === null || changed.model !== instance.model) return false;
  return changed.made !== null && instance.made !== null && changed.made.node === instance.made.node;
}

/** Does the function that is handed over mention one of these words, or can it not be found? */
function mayMention(file: SourceFile, node: TSESTree.CallExpression, words: readonly string[]): boolean {
  const first = node.arguments[0];
  if (first === undefined) return false;
  const value = evaluate(file, first);
  if (value.kind !== 'function') return !(value.kind === 'literal' && value.value == null);
  const text = value.file.text.slice(value.node.range[0], value.node.range[1]);
  return words.some((word) => text.includes(word));
}

/** The options of the registration from which a container makes an injected client. */
export function registrationOptions(file: SourceFile, model: ClientModel, registrations: readonly RegistrationModel[]): { readonly value: Value | null; readonly registered: boolean } | { readonly unknown: Reason } {
  if (!file.project.crossFile) return { unknown: { code: 'injected', detail: 'cross-file is off' } };
  const found: { value: Value | null; opaque: boolean }[] = [];
  const needles = registrations.map((registration) => registration.call);
  for (const hit of filesToSearch(file, needles)) {
    for (const node of hit.index.calls) {
      if (node.type !== 'CallExpression') continue;
      for (const registration of registrations) {
        if (!describe(node.callee).endsWith(registration.call.split('.').at(-1)!)) continue;
        if (!isRegistration(hit, node.callee, registration, model)) continue;
        found.push({ value: argumentValue(hit, node.arguments, registration.options)?.value ?? null, opaque: registration.opaque === true });
      }
    }
  }
  if (found.length === 0) return { value: null, registered: false };
  if (found.length > 1) return { unknown: { code: 'registrations-differ', detail: `${found.length} registrations` } };
  return found[0]!.opaque ? { unknown: { code: 'injected', detail: 'registered asynchronously' } } : { value: found[0]!.value, registered: true };
}

/** Is a callee the function by which a container is told of a client? */
export function isRegistration(file: SourceFile, callee: Node, registration: RegistrationModel, model: ClientModel): boolean {
  const names: string[] = [];
  let root = unwrap(callee);
  while (root.type === 'MemberExpression') {
    const name = memberName(root);
    if (name === null) return false;
    names.unshift(name);
    root = unwrap(root.object);
  }
  const value = evaluate(file, root);
  const path = registration.call.split('.');
  if (value.kind === 'export') return (registration.package === undefined ? model.packages : [registration.package]).includes(value.package) && samePath([...value.path, ...names], path);
  if (value.kind === 'model-export') return value.model.id === model.id && samePath([...value.path.split('.'), ...names], path);
  return false;
}
