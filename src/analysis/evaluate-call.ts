import type { TSESTree } from '@typescript-eslint/types';
import { GIVES_ITS_EMITTER, PROMISIFIES } from '../models/builtins.js';
import { memberCalled, nextInChain } from './client-member.js';
import { instanceOfSubclass } from './evaluate-class.js';
import { returnedBy } from './returns.js';
import { exportValue } from './evaluate-export.js';
import { IN_PROGRESS, evaluate, moduleValue } from './evaluate.js';
import { mergeObjects } from './evaluate-object.js';
import { argumentValue } from './arguments.js';
import { keptResult } from './kept-result.js';
import { makeInstance } from './instance.js';
import { commonJsExports, presentAlternatives } from './member.js';
import { operationOf } from './operation.js';
import type { SourceFile } from './source-file.js';
import { substitute } from './substitute.js';
import { describe, memberName, unwrap } from './syntax.js';
import { UNDEFINED, alternatives, join, literal, unknown, type Value } from './value.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** What a call gives: clients from factories, values of builtins, returns of project functions. */
export function evaluateCall(file: SourceFile, node: Call): Value {
  const listened = node.type === 'CallExpression' ? listenedTo(file, node) : null;
  if (listened !== null) return listened;
  const callee = node.callee.type === 'Super' ? unknown('syntax', 'super') : evaluate(file, node.callee);
  const present = presentAlternatives(callee);
  // A method that we do not see is not one that gives undefined.
  if (present.length === 0) return unknown('opaque-call', describe(node.callee));
  return join(
    present.map((member) => {
      const value = callValue(file, node, member);
      const isOpen = alternatives(value).every(({ kind }) => kind === 'unknown' || kind === 'parameter');
      return isOpen && node.type === 'CallExpression' ? (keptResult(file, node, member) ?? value) : value;
    }),
  );
}

/** `new Queue(name).on('error', log)`: a listener that is attached where the emitter is made leaves the emitter. */
function listenedTo(file: SourceFile, node: TSESTree.CallExpression): Value | null {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || !GIVES_ITS_EMITTER.has(memberName(callee) ?? '') || node.arguments.length !== 2) return null;
  const emitter = unwrap(callee.object);
  if (emitter.type !== 'NewExpression' && emitter.type !== 'CallExpression') return null;
  const value = evaluate(file, emitter);
  return alternatives(value).every(({ kind }) => kind === 'instance' || kind === 'policy') ? value : null;
}

function callValue(file: SourceFile, node: Call, callee: Value): Value {
  switch (callee.kind) {
    case 'model-export':
      switch (callee.export.is) {
        case 'class':
        case 'factory':
          return makeInstance(callee, callee.export, node.arguments, { file, node });
        case 'options':
          return optionsOf(file, node, callee.export.options);
        case 'same':
          return argumentValue(file, node.arguments, callee.export.argument)?.value ?? unknown('opaque-call');
        default:
          return unknown('opaque-call', callee.path);
      }
    case 'instance-member': {
      const member = memberCalled(callee);
      if (member?.is === 'factory') return makeInstance(callee.instance, member, node.arguments, { file, node }, callee.instance);
      if (member?.is === 'chain') return nextInChain(file, callee.instance, member, node.arguments);
      const operation = operationOf(callee);
      if (operation?.operation.collected === true) return callee.instance;
      if (operation?.operation.gives !== undefined) return nextInChain(file, callee.instance, { is: 'chain', client: operation.operation.gives }, node.arguments);
      return unknown('opaque-call', operation?.name ?? callee.path.join('.'));
    }
    case 'instance': {
      const member = memberCalled(callee);
      // A class that a factory made: `new Greeter(address, credentials)`.
      if (member?.is === 'factory') return makeInstance(callee, member, node.arguments, { file, node }, callee);
      if (member?.is === 'chain') return nextInChain(file, callee, member, node.arguments);
      return unknown('opaque-call', operationOf(callee)?.name ?? describe(node.callee));
    }
    case 'operation':
      return unknown('opaque-call', operationOf(callee)?.name ?? describe(node.callee));
    case 'export': {
      // `require('pkg')()` and `(await import('pkg')).default()` reach the default by the namespace.
      if (callee.path.length === 0) {
        const value = exportValue(file, callee.package, ['default']);
        if (value.kind !== 'export') return callValue(file, node, value);
      }
      return promisified(file, node, callee) ?? unknown('opaque-call', `${callee.package}.${callee.path.join('.')}`);
    }
    case 'policy-export': {
      const policy = callee.model.exports[callee.path];
      if (policy?.does === 'makes-policy' || policy?.does === 'combines' || policy?.does === 'bounds-function' || policy?.runs !== undefined) {
        return { kind: 'policy', model: callee.model, path: callee.path, place: { file, node } };
      }
      return unknown('opaque-call', callee.path);
    }
    case 'function': {
      if (node.type === 'NewExpression') return unknown('opaque-call', 'constructor function');
      const returned = returnedBy(callee.file, callee.node);
      return substitute(returned, callee.node, node.arguments, file);
    }
    case 'class': {
      if (node.type !== 'NewExpression') return unknown('opaque-call');
      const made: Value = { kind: 'object-of-class', file: callee.file, node: callee.node, made: { file, node } };
      const instance = instanceOfSubclass(made);
      return instance ?? made;
    }
    case 'module': {
      // A CommonJS module whose export is a function.
      return unknown('opaque-call', 'module');
    }
    case 'builtin':
      return builtinCall(file, node, callee.path.join('.'));
    case 'unknown':
      return callee === IN_PROGRESS ? unknown('depth', 'depends on itself') : callee;
    case 'parameter':
      return unknown('parameter', 'result of a parameter');
    default:
      return unknown('opaque-call', describe(node.callee));
  }
}

/** `promisify(request)`: the same operation, without its callback. */
function promisified(file: SourceFile, node: Call, callee: Extract<Value, { kind: 'export' }>): Value | null {
  const names = Object.hasOwn(PROMISIFIES, callee.package) ? PROMISIFIES[callee.package]! : [];
  const [callback] = node.arguments;
  if (!names.includes(callee.path.join('.')) || callback === undefined || callback.type === 'SpreadElement') return null;
  const given = evaluate(file, callback);
  // `require('request')` is the module, which is called as its default export.
  const value = given.kind === 'export' && given.path.length === 0 ? exportValue(file, given.package, ['default']) : given;
  if (!alternatives(value).every((one) => operationOf(one) !== null)) return null;
  // The callback that is not passed is no sign of a stream any more.
  return value.kind === 'operation' ? { ...value, operation: { ...value.operation, streamWithoutCallback: false } } : value;
}

/** A function or class whose result stands for the options it is given. */
function optionsOf(file: SourceFile, node: Call, ref: Parameters<typeof argumentValue>[2]): Value {
  const found = argumentValue(file, node.arguments, ref);
  if (found === null) return { kind: 'object', entries: new Map(), open: null, place: { file, node } };
  return found.value;
}

function builtinCall(file: SourceFile, node: Call, name: string): Value {
  const argument = (index: number): Value => {
    const found = node.arguments[index];
    return found === undefined ? UNDEFINED : found.type === 'SpreadElement' ? unknown('opaque-spread') : evaluate(file, found);
  };
  switch (name) {
    case 'require':
    case 'module.require': {
      const source = argument(0);
      return source.kind === 'literal' && typeof source.value === 'string' ? requireValue(file, source.value) : unknown('unresolved-import', 'require of a computed name');
    }
    case 'AbortSignal.timeout':
      return { kind: 'signal', abortedBy: 'timer', ms: argument(0) };
    case 'AbortSignal.any':
      return anySignal(argument(0));
    case 'AbortSignal.abort':
      return { kind: 'signal', abortedBy: 'cancel', ms: null };
    case 'AbortController':
      return { kind: 'controller', place: { file, node } };
    case 'Object.assign':
      return node.arguments.some((entry) => entry.type === 'SpreadElement')
        ? unknown('opaque-spread')
        : mergeObjects(node.arguments.map((entry) => evaluate(file, entry)), null);
    case 'Object.freeze':
    case 'Object.seal':
    case 'structuredClone':
    case 'Promise.resolve':
      return argument(0);
    case 'URL':
      return { kind: 'url', text: argument(0), local: isImportMeta(node.arguments[1]) };
    case 'String': {
      const value = argument(0);
      return value.kind === 'literal' ? literal(String(value.value)) : { kind: 'text', parts: [null] };
    }
    case 'Number':
    case 'parseInt':
    case 'parseFloat':
    case 'Number.parseInt':
    case 'Number.parseFloat': {
      return join(
        alternatives(argument(0)).map((value) => {
          if (value.kind === 'literal') return literal(name === 'Number' ? Number(value.value) : parseFloat(String(value.value)));
          return value.kind === 'env' ? value : unknown('opaque-call', name);
        }),
      );
    }
    default:
      return unknown('opaque-call', name);
  }
}

/** `require('x')`: the namespace of a package, or what a file assigns to `module.exports`. */
function requireValue(file: SourceFile, specifier: string): Value {
  const value = moduleValue(file, specifier);
  return value.kind === 'module' ? (commonJsExports(value.file) ?? value) : value;
}

/** `import.meta.url`, `__filename`: a URL below it names a file that was shipped with the code. */
function isImportMeta(base: TSESTree.Node | undefined): boolean {
  if (base === undefined) return false;
  const inner = unwrap(base);
  return inner.type === 'MemberExpression' && unwrap(inner.object).type === 'MetaProperty';
}

/** A joined signal is bounded as soon as one of its parts is. */
function anySignal(list: Value): Value {
  if (list.kind !== 'array') return unknown('signal', 'signals we cannot list');
  const signals = list.items.map((item) => item());
  const timed = signals.find((signal) => signal.kind === 'signal' && signal.abortedBy === 'timer');
  if (timed !== undefined) return timed;
  if (list.open === null && signals.every((signal) => signal.kind === 'signal')) return { kind: 'signal', abortedBy: 'cancel', ms: null };
  return unknown('signal', 'a joined signal of unknown origin');
}
