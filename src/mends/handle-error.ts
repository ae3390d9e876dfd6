import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, outermost, unwrap } from '../analysis/syntax.js';
import { isAwaited } from '../facts/call-stake.js';
import type { ErrorHandler } from '../facts/error-handlers.js';
import type { SilentFailure } from '../facts/silent-failures.js';
import type { Edit, Mend } from './edit.js';
import { withoutComments } from './layout.js';
import { loggerAt } from './logger-in-scope.js';

type Node = TSESTree.Node;

/**
 * What can be done with an error that a handler drops: log it, let it go on, or say why it may be
 * dropped. Which is right, only a person knows.
 * @returns the possible mends, the one that keeps the program's behaviour first
 */
export function handleError(failure: SilentFailure): readonly Mend[] {
  return [logIt(failure), letItGo(failure), sayWhy(failure)].filter((mend) => mend !== null);
}

/** Writes the error to the logger in scope. */
function logIt(failure: SilentFailure): Mend | null {
  const { file, handler, lost, handling } = failure;
  if (handling.logs) return null;
  const site = siteOf(handler);
  if (site === null) return null;
  const logger = loggerAt(file, handler.guarded);
  const error = nameFor(failure);
  const message = quoted(file, `${lost.name.replace(/[`'"\\]/g, '')} failed`);
  const args = logger.order === 'error-first' ? `{ err: ${error} }, ${message}` : `${message}, ${error}`;
  const edits = [...bind(handler, site, error), ...insert(file, site, `${logger.text}.${logger.method}(${args})${terminator(file, handler)}`)];
  return { edits: inOrder(edits), title: `log the error with \`${logger.text}.${logger.method}\``, safety: 'behaviour' };
}

/** Throws it again; of a promise that is waited for, takes the handler away. */
function letItGo(failure: SilentFailure): Mend | null {
  const { file, handler, handling } = failure;
  if (handler.channel === 'callback') return null;
  if (handler.channel === 'promise') {
    const call = callOf(handler);
    // Nobody waits: without a handler, a failure would end the process.
    if (call === null || !isAwaited(call) || failure.handler.result === 'used') return null;
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || call.arguments.length !== 1 || (callee.property.type === 'Identifier' && callee.property.name !== 'catch')) return null;
    const dropped = file.comments.some(({ range }) => range[0] >= callee.object.range[1] && range[1] <= call.range[1]);
    if (dropped) return null;
    const end = endOfObject(file, callee);
    return { edits: [{ range: [end, call.range[1]], text: '' }], title: 'let the error go to the caller', safety: 'behaviour' };
  }
  const site = siteOf(handler);
  if (site === null || site.form !== 'block') return null;
  const error = nameFor(failure);
  const rethrow = `throw ${error}${terminator(file, handler)}`;
  const last = site.block.body.at(-1);
  if (last?.type === 'ReturnStatement' && handling.is === 'default') {
    return { edits: inOrder([...bind(handler, site, error), { range: last.range, text: rethrow }]), title: 'throw the error again', safety: 'behaviour' };
  }
  if (last !== undefined && /^(?:Return|Continue|Break)Statement$/.test(last.type)) return null;
  return { edits: inOrder([...bind(handler, site, error), ...insert(file, site, rethrow)]), title: 'throw the error again', safety: 'behaviour' };
}

/** A comment to be filled in. */
function sayWhy({ file, handler, comment }: SilentFailure): Mend | null {
  const site = siteOf(handler);
  if (site === null || comment === 'reason') return null;
  const text = 'TODO: say why this failure may be ignored';
  const line = isOnOneLine(file, site.place) ? `/* ${text} */` : `// ${text}`;
  const edits = site.form === 'expression' ? [{ range: [site.value.range[0], site.value.range[0]] as const, text: `/* ${text} */ ` }] : insert(file, site, line);
  return { edits, title: 'say in a comment why it may be ignored', safety: 'safe' };
}

/** Where an edit goes: into a block, or in front of the value of an arrow function. */
type Site =
  | { readonly form: 'block'; readonly block: TSESTree.BlockStatement; readonly place: Node }
  | { readonly form: 'expression'; readonly value: Node; readonly place: Node; readonly isVoid: boolean };

function siteOf(handler: ErrorHandler): Site | null {
  const { body, node } = handler;
  if (body === null) return null;
  if (body.type === 'BlockStatement') return { form: 'block', block: body, place: handler.statement ?? node };
  if (handler.channel !== 'promise' || !isFunction(node) || node.type !== 'ArrowFunctionExpression') return null;
  return { form: 'expression', value: body, place: node, isVoid: handler.result === 'unused' };
}

/** The name of the error: its own, or one that is free. */
function nameFor({ file, handler }: SilentFailure): string {
  if (handler.error !== null) return handler.error.name;
  const names = new Set((handler.body === null ? '' : file.text.slice(...handler.body.range)).match(/[\w$]+/g) ?? []);
  return ['error', 'err', 'cause', 'caught'].find((name) => !names.has(name)) ?? 'thrownError';
}

/** Gives the handler its parameter, where it has none. */
function bind(handler: ErrorHandler, site: Site, name: string): readonly Edit[] {
  if (handler.error !== null) return [];
  if (handler.channel === 'catch') {
    const clause = handler.node as TSESTree.CatchClause;
    if (clause.param != null) return [{ range: clause.param.range, text: name }];
    return [{ range: [site.form === 'block' ? site.block.range[0] : clause.range[0], site.form === 'block' ? site.block.range[0] : clause.range[0]], text: `(${name}) ` }];
  }
  const fn = handler.node;
  if (!isFunction(fn)) return [];
  const [param] = fn.params;
  if (param !== undefined) return [{ range: param.range, text: name }];
  const open = handler.file.text.indexOf('(', fn.range[0]);
  return [{ range: [open + 1, open + 1], text: name }];
}

/** Puts a statement at the head of a block, or makes a block of an arrow's value. */
function insert(file: SourceFile, site: Site, statement: string): readonly Edit[] {
  if (site.form === 'expression') {
    const [from, to] = parenthesized(file, site.value);
    const value = file.text.slice(...site.value.range);
    const rest = site.isVoid ? '' : ` return ${value};`;
    return [{ range: [from, to], text: `{ ${statement.replace(/;?$/, ';')}${rest} }` }];
  }
  const { block, place } = site;
  const [from, to] = block.range;
  const inner = file.text.slice(from + 1, to - 1);
  if (block.body.length > 0) {
    const first = block.body[0]!.range[0];
    const indent = lineIndent(file, first);
    const alone = /^\s*$/.test(file.text.slice(file.text.lastIndexOf('\n', first - 1) + 1, first));
    return [{ range: [first, first], text: alone ? `${statement}${newline(file)}${indent}` : `${statement} ` }];
  }
  const base = lineIndent(file, place.range[0]);
  if (inner.trim() === '' && isOnOneLine(file, place)) return [{ range: [from + 1, to - 1], text: ` ${statement} ` }];
  const unit = indentUnit(file);
  if (inner.trim() === '') return [{ range: [from + 1, to - 1], text: `${newline(file)}${base}${unit}${statement}${newline(file)}${base}` }];
  // Behind the comments, which stay.
  const end = from + 1 + inner.trimEnd().length;
  return [{ range: [end, to - 1], text: `${newline(file)}${base}${unit}${statement}${newline(file)}${base}` }];
}

function parenthesized(file: SourceFile, value: Node): readonly [number, number] {
  const [from, to] = value.range;
  // `() => ({})`: the parentheses go with the value.
  const before = withoutComments(file, Math.max(0, from - 40), from);
  const after = withoutComments(file, to, Math.min(file.text.length, to + 40));
  const open = /\(\s*$/.exec(before);
  const close = /^\s*\)/.exec(after);
  return value.type === 'ObjectExpression' && open !== null && close !== null ? [from - open[0].length, to + close[0].length] : [from, to];
}

function callOf(handler: ErrorHandler): TSESTree.CallExpression | null {
  const call = outermost(handler.node).parent;
  return call?.type === 'CallExpression' ? call : null;
}

/** The end of what a `.catch` is chained to, with its parentheses. */
function endOfObject(file: SourceFile, callee: TSESTree.MemberExpression): number {
  const between = withoutComments(file, callee.object.range[1], callee.property.range[0]);
  const dot = between.search(/\s*\??\.\s*$/);
  return callee.object.range[1] + Math.max(0, dot);
}

function isOnOneLine(file: SourceFile, node: Node): boolean {
  return !file.text.slice(...node.range).includes('\n');
}

function lineIndent(file: SourceFile, offset: number): string {
  const start = file.text.lastIndexOf('\n', offset - 1) + 1;
  return /^[^\S\r\n]*/.exec(file.text.slice(start))![0];
}

function indentUnit(file: SourceFile): string {
  return /\n(\t|  {1,7})(?=\S)/.exec(file.text)?.[1] ?? '  ';
}

function newline(file: SourceFile): string {
  return file.text.includes('\r\n') ? '\r\n' : '\n';
}

/** Does this code end its statements with semicolons? As the guarded code does. */
function terminator(file: SourceFile, handler: ErrorHandler): string {
  const statement = handler.statement?.block.body.at(-1) ?? file.program.body.at(0);
  return statement === undefined || file.text[statement.range[1] - 1] === ';' || /[})]/.test(file.text[statement.range[1] - 1] ?? '') && /;\s*\n/.test(file.text) ? ';' : '';
}

function quoted(file: SourceFile, text: string): string {
  const single = (file.text.match(/'/g) ?? []).length;
  const double = (file.text.match(/"/g) ?? []).length;
  return double > single ? `"${text}"` : `'${text}'`;
}

function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => a.range[0] - b.range[0]);
}
