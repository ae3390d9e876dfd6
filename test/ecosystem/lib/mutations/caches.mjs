/** Tests of cached values to weaken, and failures of a cache read to let through. */
import { bare, calleeName, functionAbove, leaves, walk, within } from '../syntax.mjs';

const STORE = /redis|cache|\bkv\b|memcache|store/i;
const READ = /^(?:get|hgetall|hGetAll|hget|hGet|smembers|sMembers|lrange|lRange|mget|mGet|zrange|zRange|zrangebyscore|zRangeByScore|zrevrange|hkeys|hKeys|hvals|hVals|hmget|getItem|fetch)$/;
const WRITE = /^(?:set|setex|setEx|hset|hSet|hmset|put|setItem|sadd|mset)$/;

function isCall(node, text, names) {
  const call = bare(node);
  return call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' && names.test(calleeName(call)) && STORE.test(text.slice(call.callee.object.start, call.callee.object.end));
}

/** Names that hold what was read from a cache, parsed or not. */
function cachedIn(program, text) {
  const byFunction = new Map();
  const add = (owner, name) => byFunction.set(owner, (byFunction.get(owner) ?? new Set()).add(name));
  walk(program, (node, ancestors) => {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || node.init == null) return;
    const owner = functionAbove(ancestors);
    const parsed = /JSON\.parse\(\s*(\w+)/.exec(text.slice(node.init.start, node.init.end))?.[1];
    if (isCall(node.init, text, READ) || byFunction.get(owner)?.has(parsed) === true) add(owner, node.id.name);
  });
  return byFunction;
}

/** `members.length === 0`, `Object.keys(entry).length < 1`, `!members.length` */
function emptiness(node, code) {
  if (node.type === 'BinaryExpression') return /^(?:Object\.(?:keys|entries|values)\((\w+)\)|(\w+)\??)\.length\s*(?:===?\s*0|<\s*1)$/.exec(code(node));
  return node.type === 'UnaryExpression' ? /^!(?:Object\.(?:keys|entries|values)\((\w+)\)|(\w+)\??)\.length$/.exec(code(node)) : null;
}

export function findHitTests(program, text) {
  const found = [];
  const cached = cachedIn(program, text);
  const code = (node) => text.slice(node.start, node.end);
  walk(program, (node, ancestors) => {
    const names = cached.get(functionAbove(ancestors));
    if (names === undefined) return;
    const sized = (inner) => new RegExp(`^(?:Object\\.(?:keys|entries|values)\\((\\w+)\\)|(\\w+)\\??)\\.length\\s*(?:$|>\\s*0|!==?\\s*0|>=\\s*1)`).exec(code(inner));
    if (node.type === 'LogicalExpression' && node.operator === '&&') {
      const [, keyed, plain] = sized(node.right) ?? [];
      if (names.has(keyed ?? plain)) found.push({ start: node.start, end: node.end, text: code(node.left), pattern: 'emptiness half' });
    } else if (sized(node) !== null && ancestors.at(-1)?.type === 'IfStatement' && ancestors.at(-1).test === node) {
      const [, keyed, plain] = sized(node);
      if (names.has(keyed ?? plain)) found.push({ start: node.start, end: node.end, text: keyed ?? plain, pattern: 'emptiness test' });
    }
    const [, keyedEmpty, plainEmpty, negated] = emptiness(node, code) ?? [];
    if (names.has(keyedEmpty ?? plainEmpty ?? negated)) {
      const parent = ancestors.at(-1);
      // Half of `!raw || Object.keys(raw).length === 0`, and the whole of a test.
      if (parent?.type === 'LogicalExpression' && parent.operator === '||' && parent.right === node) found.push({ start: parent.start, end: parent.end, text: code(parent.left), pattern: 'emptiness half' });
      else if (parent?.type === 'IfStatement' && parent.test === node) found.push({ start: node.start, end: node.end, text: `!${keyedEmpty ?? plainEmpty ?? negated}`, pattern: 'emptiness test' });
    }
    if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator) && node.left.type === 'Identifier' && names.has(node.left.name) && /^(?:null|undefined)$/.test(code(node.right))) {
      found.push({ start: node.start, end: node.end, text: node.operator.startsWith('!') ? node.left.name : `!${node.left.name}`, pattern: 'null test to truthiness' });
    }
  });
  return found;
}

export function findReadFailures(program, text) {
  const found = [];
  walk(program, (node, ancestors) => {
    const owner = functionAbove(ancestors);
    if (owner === null) return;
    const fillsAfter = () => within(owner.body, (inner) => inner.type === 'CallExpression' && isCall(inner, text, WRITE) && inner.start > node.end).length > 0;
    if (node.type === 'TryStatement' && node.handler != null && leaves(node.handler.body) && within(node.block, (inner) => isCall(inner, text, READ)).length > 0 && fillsAfter()) {
      const last = node.handler.body.body.at(-1);
      found.push({ start: last.start, end: last.end, text: ';', pattern: last.type === 'ThrowStatement' ? 'rethrow' : 'way out' });
    }
    // A read that fails the request today.
    if (node.type === 'AwaitExpression' && node.argument.type === 'CallExpression' && isCall(node.argument, text, READ) && ancestors.at(-1)?.type === 'VariableDeclarator' && fillsAfter()) {
      found.push({ start: node.argument.end, end: node.argument.end, text: '.catch(() => null)', pattern: 'failed read as a miss' });
    }
  });
  return found;
}
