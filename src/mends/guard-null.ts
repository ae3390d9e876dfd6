import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { NullableKind } from '../facts/nullable-source.js';
import type { NullableUse } from '../facts/nullable-values.js';
import type { Edit, Mend } from './edit.js';
import { throwEarly } from './throw-early.js';
import { withoutComments } from './layout.js';

type Node = TSESTree.Node;

/**
 * Edits for a place that fails when a value is missing: `?.`, an error of one's own before it, a
 * default. Which is meant only a person knows: each changes what the program does.
 * @returns the possible mends, best first; empty where no edit can be made here
 */
export function guardNull(file: SourceFile, use: NullableUse): readonly Mend[] {
  const mends = [throwEarly(file, use), optionalLink(file, use), withDefault(file, use)].filter((mend) => mend !== null);
  // Of data that has to be there, an error says more than a silent undefined.
  return use.source.kind === 'chain' || use.source.kind === 'member' || use.source.kind === 'response' ? mends.sort((a, b) => rank(a) - rank(b)) : mends;
}

const rank = (mend: Mend): number => (mend.title.startsWith('Read') ? 0 : 1);

/** `a.b` to `a?.b`, `a[0]` to `a?.[0]`, `f()` to `f?.()`; a `!` in between goes. */
function optionalLink(file: SourceFile, { at }: NullableUse): Mend | null {
  const { node } = at;
  if (node.type === 'MemberExpression') {
    if (isWritten(node)) return null;
    const inner = node.object.range[1];
    const between = withoutComments(file, inner, node.property.range[0]);
    // `!` and `.`, or `!` and `[`; parentheses in between stay.
    const link = between.search(node.computed ? /\[/ : /\./);
    if (link === -1) return null;
    const edits: Edit[] = [{ range: [inner + link, inner + link + 1], text: node.computed ? '?.[' : '?.' }];
    const claim = claimOf(file, node.object);
    if (claim !== null) edits.unshift(claim);
    return { edits, title: `Read it with \`?.\`: what is missing gives undefined`, safety: 'behaviour' };
  }
  if (node.type === 'CallExpression' && at.how === 'call') {
    const end = node.callee.range[1];
    if (file.text[end] !== '(') return null;
    return { edits: [{ range: [end, end], text: '?.' }], title: 'Call it with `?.`: what is missing is not called', safety: 'behaviour' };
  }
  return null;
}

/** The edit that takes a closing `!` away. */
function claimOf(file: SourceFile, object: Node): Edit | null {
  if (object.type !== 'TSNonNullExpression') return null;
  const end = object.range[1];
  return file.text[end - 1] === '!' ? { range: [end - 1, end], text: '' } : null;
}

/** Is a chain from here written to, made with `new`, or a tag? Then it cannot be optional. */
function isWritten(member: TSESTree.MemberExpression): boolean {
  let current = member as Node;
  for (let step = 0; step < 100; step++) {
    const parent = current.parent as Node | undefined;
    if (parent == null) return false;
    switch (parent.type) {
      case 'MemberExpression':
        if (parent.object !== current) return false;
        break;
      case 'CallExpression':
        if (parent.callee !== current) return false;
        break;
      case 'ChainExpression':
      case 'TSNonNullExpression':
        break;
      case 'AssignmentExpression':
      case 'AssignmentPattern':
        return (parent.left as Node) === current;
      case 'ForInStatement':
      case 'ForOfStatement':
        return (parent.left as Node) === current;
      case 'Property':
        return parent.value === current && (parent.parent as Node | undefined)?.type === 'ObjectPattern';
      case 'UpdateExpression':
      case 'ArrayPattern':
      case 'RestElement':
      case 'Decorator':
        return true;
      case 'NewExpression':
        return parent.callee === current;
      case 'TaggedTemplateExpression':
        return parent.tag === current;
      default:
        // `(a.b as T).c = 1`: what is around is another chain.
        return false;
    }
    current = parent;
  }
  return true;
}

const DEFAULTS: Readonly<Partial<Record<NullableKind, string>>> = { env: "''", web: "''", match: '[]' };

/** `?? {}` before it is taken apart, `?? []` before it is spread or iterated over, `?? ''` for a text. */
function withDefault(file: SourceFile, { at, source }: NullableUse): Mend | null {
  const value = outermost(at.value);
  if (at.how === 'spread' || at.how === 'iteration') return defaulted(value, '[]');
  if (at.how === 'destructuring') {
    const pattern: Node = at.node;
    const owner = pattern.parent as Node | undefined;
    const given = owner?.type === 'VariableDeclarator' && owner.id === pattern ? owner.init : owner?.type === 'AssignmentExpression' && owner.left === pattern ? owner.right : null;
    if (given == null) return null;
    // To a compiler `{}` has no such members.
    if (at.node.type === 'ObjectPattern' && /tsx?$/.test(file.path)) return null;
    return defaulted(given, at.node.type === 'ArrayPattern' ? '[]' : '{}');
  }
  if (at.how !== 'member') return null;
  const text = DEFAULTS[source.kind];
  if (text === undefined || unwrap(at.value) !== unwrap(source.node)) return null;
  // `s.match(re)[1]` can do with no items; `.groups` cannot.
  const member = at.node as TSESTree.MemberExpression;
  if (source.kind === 'match' && !/^\d+$/.test(memberName(member) ?? '')) return null;
  if (isWritten(member)) return null;
  return defaulted(value, text);
}

/** ` ?? text` behind a value, in parentheses where something follows it. */
function defaulted(value: Node, text: string): Mend {
  const [start, end] = value.range;
  const parent = value.parent as Node | undefined;
  const alone = (parent?.type === 'VariableDeclarator' && parent.init === value) || (parent?.type === 'AssignmentExpression' && parent.right === value) || (parent?.type === 'ForOfStatement' && parent.right === value);
  // `a || b ?? c` does not parse, and others bind less than `??`.
  const open = (alone ? '' : '(') + (BINDS_LESS.has(value.type) ? '(' : '');
  const close = `${BINDS_LESS.has(value.type) ? ')' : ''} ?? ${text}${alone ? '' : ')'}`;
  const edits: Edit[] = [{ range: [start, start], text: open }, { range: [end, end], text: close }];
  return { edits: edits.filter((edit) => edit.text !== ''), title: `Use a default where it is missing: \`?? ${text}\``, safety: 'behaviour' };
}

const BINDS_LESS: ReadonlySet<string> = new Set([
  'LogicalExpression', 'ConditionalExpression', 'AssignmentExpression', 'ArrowFunctionExpression', 'YieldExpression', 'SequenceExpression', 'TSAsExpression', 'TSSatisfiesExpression',
]);
