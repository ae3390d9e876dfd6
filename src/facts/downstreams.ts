import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { leadingPart } from './leading-part.js';
import { isFunction, memberName, unwrap } from '../analysis/syntax.js';
import type { SourceFile } from '../analysis/source-file.js';
import { alternatives, type Value } from '../analysis/value.js';
import { ADDRESS_WORDS, PLAIN_LABELS, SECOND_LEVELS, TOP_LEVELS } from '../models/host-names.js';

type Node = TSESTree.Node;

/** The service that a call reaches. */
export type Downstream =
  /** The same for every call from this place, as long as the process lives. */
  | { readonly is: 'constant'; readonly key: string; readonly name: string; readonly shown: string }
  /** A path alone: the client knows the rest. */
  | { readonly is: 'relative' }
  | { readonly is: 'varies'; readonly why: string };

/** Names that cannot be a constant of the module. */
const TAKEN: ReadonlySet<string> = new Set(['case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'enum', 'export', 'extends', 'false', 'finally', 'for', 'function', 'if', 'import', 'in', 'instanceof', 'new', 'null', 'package', 'private', 'protected', 'public', 'return', 'static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield', 'let', 'await', 'interface', 'policy', 'store', 'retry', 'bulkhead', 'attempt', 'judge', 'at', 'aborted', 'bounded', 'discard', 'listener', 'resets', 'eval', 'arguments', 'undefined']);

const varies = (why: string): Downstream => ({ is: 'varies', why });

/**
 * Which service does an address lead to?
 * @param address the expression of a URL, or of its base
 */
export function downstreamOf(file: SourceFile, address: Node): Downstream {
  const head = leadingPart(file, address);
  if (head === null) return varies('its address is made elsewhere');
  const known = alternatives(head.value);
  const environment = known.find((value) => value.kind === 'env');
  // `process.env.PAYMENTS_URL ?? 'http://localhost:3000'`: the variable names it.
  if (environment?.kind === 'env' && known.every((value) => value.kind === 'env' ? value.name === environment.name : value.kind === 'literal')) return named(`env:${environment.name}`, environment.name, file);
  if (known.length === 1) {
    const found = ofText(known[0]!, head.rest);
    if (found !== null) return found;
  }
  return ofConstant(head.file, head.node) ?? varies('its host is not known here');
}

/** A service that has a name, whatever its address is. */
export function ofName(name: string): Extract<Downstream, { readonly is: 'constant' }> {
  return { is: 'constant', key: `name:${name}`, name: identifier(name.split(/[^A-Za-z0-9]+/)), shown: name };
}

/** The service of a target that is no URL: `greeter:50051`, `dns:///greeter.internal:443`. */
export function downstreamOfTarget(file: SourceFile, target: Node): Downstream {
  const value = evaluate(file, target);
  const host = value.kind === 'literal' && typeof value.value === 'string' ? (/^(?:dns:(?:\/\/[^/]*\/)?)?([\w.-]+(?::\d+)?)$/.exec(value.value)?.[1] ?? null) : null;
  return host === null ? downstreamOf(file, target) : { is: 'constant', key: `host:${host.toLowerCase()}`, name: nameOfHost(host), shown: host };
}

/** A host that stands in the text, whole. */
function ofText(value: Value, rest: readonly (string | null)[]): Downstream | null {
  if (value.kind === 'url') return ofText(value.text, rest);
  const parts = value.kind === 'literal' && typeof value.value === 'string' ? [value.value] : value.kind === 'text' ? value.parts : null;
  const [first] = parts ?? [];
  if (parts === null || typeof first !== 'string') return null;
  const after = [...parts.slice(1), ...rest];
  if (/^\/(?!\/)/.test(first) || (first !== '' && !/^[a-z][\w+.-]*:/i.test(first) && after.length === 0 && value.kind === 'literal' && !first.includes('://'))) return { is: 'relative' };
  const match = /^https?:\/\/(?:[^@/?#]*@)?([^/?#\\]*)([/?#]?)/i.exec(first);
  if (match === null) return null;
  const [, host, end] = match;
  if (end === '' && !mayEndHere(host!, after)) return varies('a part of its host is not known here');
  if (host === '' || /[^\w.:[\]-]/.test(host!)) return null;
  return { is: 'constant', key: `host:${host!.toLowerCase()}`, name: nameOfHost(host!), shown: host! };
}

/** `https://api.acme.com${path}`: a whole host, with nothing behind it that could belong to it. */
function mayEndHere(host: string, after: readonly (string | null)[]): boolean {
  if (after.length === 0) return true;
  const next = after.find((part) => part !== null && part !== '');
  if (after[0] !== null && after[0] !== undefined) return /^[/?#]/.test(after[0]);
  return TOP_LEVELS.has(host.replace(/:\d+$/, '').split('.').at(-1)!.toLowerCase()) && (next === undefined || next === null || /^[/?#&=]/.test(next));
}

/** What is made once, as the module is loaded: a constant of a module, a member of one that is written in capitals. */
function ofConstant(file: SourceFile, node: Node): Downstream | null {
  const expression = unwrap(node);
  if (expression.type === 'Identifier') {
    const variable = file.bindings.variableOf(expression);
    if (variable === null || variable === 'global' || variable.defs.length !== 1) return null;
    const definition = variable.defs[0]!;
    if ((definition.type as string) === 'ImportBinding') return isCapital(expression.name) ? named(`const:${expression.name}`, expression.name, file) : null;
    const declarator = definition.node as Node;
    if (declarator.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier' || declarator.parent.kind !== 'const') return null;
    const isOfModule = declarator.parent.parent.type === 'Program' || declarator.parent.parent.type === 'ExportNamedDeclaration';
    return isOfModule && declarator.init != null && !isFunction(unwrap(declarator.init)) ? named(`const:${expression.name}@${file.path}`, expression.name, file) : null;
  }
  if (expression.type === 'MemberExpression') {
    const name = memberName(expression);
    const root = unwrap(expression.object);
    if (name === null || !isCapital(name) || root.type !== 'Identifier') return null;
    const variable = file.bindings.variableOf(root);
    if (variable === null || variable === 'global' || variable.defs.length !== 1) return null;
    // `env.PAYMENTS_URL` of a checked environment.
    return (variable.defs[0]!.type as string) === 'ImportBinding' && evaluate(file, root).kind !== 'parameter' ? named(`env:${name}`, name, file) : null;
  }
  return null;
}

/** `PAYMENTS_URL`: written as constants of a process are. */
export const isCapital = (name: string): boolean => /^[A-Z][A-Z0-9_]{2,}$/.test(name);

function named(key: string, variable: string, file: SourceFile): Downstream {
  const words = variable.split(/_|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase()).filter((word) => word !== '');
  while (words.length > 0 && ADDRESS_WORDS.has(words.at(-1)!)) words.pop();
  // `BASE_URL`: the file says whose.
  const own = words.length > 0 ? words : file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\..*$/, '').split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return { is: 'constant', key, name: identifier(own), shown: variable };
}

/** `payments` of `https://api.payments.example.com`? No: `examplePayments`; the domain first, and nothing that says only "api". */
function nameOfHost(host: string): string {
  const name = host.replace(/:\d+$/, '');
  if (/^[\d.]+$|^\[/.test(name) || !name.includes('.')) return identifier(name.split(/[^A-Za-z0-9]+/));
  const labels = name.toLowerCase().split('.').slice(0, -1);
  if (labels.length > 1 && SECOND_LEVELS.has(labels.at(-1)!) && /\.[a-z]{2}$/i.test(name)) labels.pop();
  const words = labels.reverse().filter((label, index) => index === 0 || !PLAIN_LABELS.has(label));
  return identifier(words.flatMap((word) => word.split(/[^a-z0-9]+/)));
}

function identifier(words: readonly string[]): string {
  const joined = words.map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() + word.slice(1) : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  if (!/^[A-Za-z_$]/.test(joined)) return `service${joined}`;
  // A word of the language, or of the module itself.
  return TAKEN.has(joined) ? `${joined}Service` : joined;
}

