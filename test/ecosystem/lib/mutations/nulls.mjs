/** Guards of values that may be missing, to take away or to turn round. */
import { bare, calleeName, functionAbove, leaves, walk, within } from '../syntax.mjs';

/** Reads that may find nothing, by their name. */
const READ = /^(?:find(?:One|First|Unique|ByPk|ById|ByID|OneBy|OneOrFail|Last)?\w*|first|executeTakeFirst|maybeOne|oneOrNone|one|match|exec|pop|shift|get|getOne|query|queryOne|select|returning)$/;

const isRead = (node) => node != null && bare(node).type === 'CallExpression' && READ.test(calleeName(bare(node)));
const isFirst = (node) => node?.type === 'MemberExpression' && node.computed && node.property.type === 'Literal' && node.property.value === 0;
const isEnv = (code) => /^process\.env\b/.test(code);

/** The name that a declaration reads into: `const x = await find()`, `const [x] = await select()`. */
function readInto(statement) {
  if (statement?.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return null;
  const [{ id, init }] = statement.declarations;
  if (!isRead(init) && !isFirst(init)) return null;
  if (id.type === 'Identifier') return id.name;
  return id.type === 'ArrayPattern' && id.elements.length === 1 && id.elements[0]?.type === 'Identifier' ? id.elements[0].name : null;
}

/** Is something of `name` taken without asking: `x.y`, `x[0]`? */
const takes = (root, name) =>
  within(root, (node) => node.type === 'MemberExpression' && node.optional !== true && node.object.type === 'Identifier' && node.object.name === name).length > 0;

const testsMissing = (name) => new RegExp(`^\\(*(?:!${name}(?:\\??\\.length)?|${name}\\s*===?\\s*(?:null|undefined)|${name}\\??\\.length\\s*(?:===?\\s*0|<\\s*1))\\)*$`);

export function findNullGuards(program, text) {
  const found = [];
  const reads = new Map();
  const code = (node) => text.slice(node.start, node.end);
  walk(program, (node, ancestors) => {
    if (readInto(node) === null) return;
    const owner = functionAbove(ancestors);
    reads.set(owner, (reads.get(owner) ?? new Set()).add(readInto(node)));
  });
  const mayBeMissing = (node, ancestors) => {
    const object = bare(node);
    if (object.type === 'Identifier') return reads.get(functionAbove(ancestors))?.has(object.name) === true;
    return isRead(object) || isFirst(object) || isEnv(code(object));
  };
  walk(program, (node, ancestors) => {
    if (node.type === 'BlockStatement' || node.type === 'Program') {
      for (const [index, statement] of node.body.entries()) {
        const name = index === 0 ? null : readInto(node.body[index - 1]);
        const guards = name !== null && statement.type === 'IfStatement' && statement.alternate == null && leaves(statement.consequent) && testsMissing(name).test(code(statement.test));
        if (guards && node.body.slice(index + 1).some((later) => takes(later, name))) found.push({ start: statement.start, end: statement.end, text: ';', pattern: 'guard after the read' });
      }
    }
    if (node.type === 'MemberExpression' && node.optional === true && mayBeMissing(node.object, ancestors)) {
      const at = text.indexOf('?.', node.object.end);
      if (at !== -1 && at < node.property.start) found.push({ start: at, end: at + 2, text: node.computed ? '' : '.', pattern: 'optional chain' });
    }
    if (node.type === 'LogicalExpression' && node.operator === '??' && ancestors.at(-1)?.type === 'MemberExpression' && ancestors.at(-1).object === node && mayBeMissing(node.left, ancestors)) {
      found.push({ start: node.start, end: node.end, text: code(node.left), pattern: 'default before the access' });
    }
    if (node.type === 'LogicalExpression' && node.operator === '&&' && node.left.type === 'Identifier' && mayBeMissing(node.left, ancestors) && takes(node.right, node.left.name)) {
      found.push({ start: node.start, end: node.right.start, text: '', pattern: 'and before the access' });
    }
  });
  return found;
}

/** What a test says is there or missing: `x`, `!!x`, `x != null` / `!x`, `x == null`. */
function subjectOf(node) {
  if (/^(?:Identifier|MemberExpression)$/.test(node.type)) return { subject: node, present: true };
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const inner = subjectOf(node.argument);
    return inner === null ? null : { subject: inner.subject, present: !inner.present };
  }
  if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(node.operator)) return null;
  const isNothing = (side) => (side.type === 'Literal' && side.value === null && side.raw === 'null') || (side.type === 'Identifier' && side.name === 'undefined');
  if (!isNothing(node.right) || !/^(?:Identifier|MemberExpression)$/.test(node.left.type)) return null;
  return { subject: node.left, present: node.operator.startsWith('!') };
}

export function findNullTests(program, text) {
  const found = [];
  const code = (node) => text.slice(node.start, node.end);
  walk(program, (node) => {
    if (node.type !== 'LogicalExpression' || node.operator === '??') return;
    const test = subjectOf(node.left.type === 'LogicalExpression' && node.left.operator === node.operator ? node.left.right : node.left);
    if (test === null || test.present !== (node.operator === '&&')) return;
    const name = code(test.subject);
    const taken = within(node.right, (inner) => inner.type === 'MemberExpression' && inner.optional !== true && code(inner.object) === name).length > 0;
    const between = text.slice(node.left.end, node.right.start);
    if (!taken || between.split(node.operator).length !== 2) return;
    const at = node.left.end + between.indexOf(node.operator);
    found.push({ start: at, end: at + 2, text: node.operator === '&&' ? '||' : '&&', pattern: `${node.operator} turned` });
  });
  return found;
}
