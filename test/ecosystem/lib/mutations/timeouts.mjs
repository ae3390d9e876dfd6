/** Bounds to take away. */
import { bare, calleeName, nameOfKey, walk } from '../syntax.mjs';

const HTTP = /^(?:fetch|axios|got|ky|request|undici|https?|undiciFetch|nodeFetch)$/;
const LIBRARY = { axios: /['"]axios['"]/, got: /['"]got['"]/, ky: /['"]ky['"]/, request: /['"](?:undici|request)['"]/ };
const CLIENTS = /^(?:Redis|IORedis|Pool|Client|MongoClient|[A-Z]\w*Client|OpenAI|Anthropic|Stripe)$/;
const WRAPPERS = /^(?:p?withTimeout|promiseWithTimeout|pTimeout|timeout)$/i;

/** `axios` of `axios.get`, `this.http` of `this.http.get`. */
function rootOf(callee) {
  const node = bare(callee);
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' || node.computed) return '';
  const object = bare(node.object);
  if (object.type === 'Identifier') return object.name;
  return object.type === 'MemberExpression' && object.object.type === 'ThisExpression' && !object.computed ? `this.${object.property.name}` : '';
}

/** Names that hold an instance: `const api = axios.create(…)`, `this.api = axios.create(…)`. */
function instancesIn(program, text) {
  const names = new Set();
  walk(program, (node) => {
    const [target, value] = node.type === 'VariableDeclarator' ? [node.id, node.init] : node.type === 'AssignmentExpression' ? [node.left, node.right] : node.type === 'PropertyDefinition' ? [node.key, node.value] : [];
    if (value == null || bare(value).type !== 'CallExpression' || !/^(?:axios\.create|got\.extend|ky\.(?:create|extend))/.test(text.slice(bare(value).start))) return;
    names.add(node.type === 'PropertyDefinition' ? `this.${text.slice(target.start, target.end)}` : text.slice(target.start, target.end));
  });
  return names;
}

export function findTimeouts(program, text) {
  const found = [];
  const instances = instancesIn(program, text);
  const literals = new Map();
  walk(program, (node) => {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || bare(node.init)?.type !== 'ObjectExpression') return;
    // A name that is declared twice tells nothing.
    literals.set(node.id.name, literals.has(node.id.name) ? null : bare(node.init));
  });
  const isHttp = (callee) => {
    const root = rootOf(callee);
    return (HTTP.test(root) && (LIBRARY[root] === undefined || LIBRARY[root].test(text))) || instances.has(root) || /^this\.\w*http\w*$/i.test(root);
  };
  walk(program, (node) => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return;
    const isClient = node.type === 'NewExpression' && CLIENTS.test(calleeName(node));
    if (isClient || (node.type === 'CallExpression' && isHttp(node.callee))) {
      for (const argument of node.arguments) {
        const inline = bare(argument);
        const options = inline.type === 'Identifier' ? literals.get(inline.name) : inline;
        if (options?.type !== 'ObjectExpression') continue;
        const bounds = options.properties.filter((property) => (isClient ? /timeout/i : /^(?:timeout|signal)$/).test(nameOfKey(property)));
        // Of two bounds the other would stay.
        if (bounds.length !== 1) continue;
        const [bound] = bounds;
        found.push({ ...withComma(text, bound), text: '', pattern: isClient ? 'client option' : `${nameOfKey(bound)} ${inline.type === 'Identifier' ? 'in a variable' : 'property'}` });
      }
    }
    if (node.type !== 'CallExpression') return;
    const callee = text.slice(node.callee.start, node.callee.end);
    const [first, second] = node.arguments;
    if (callee === 'setTimeout' && first !== undefined && /\.abort\(/.test(text.slice(first.start, first.end)) && /\b(?:fetch|axios|got|ky)\b/.test(text)) {
      found.push({ start: first.start, end: first.end, text: '() => {}', pattern: 'abort in a timer' });
    } else if (callee === 'Promise.race' && first?.type === 'ArrayExpression' && first.elements.length === 2) {
      const [work, timer] = first.elements;
      if (work !== null && timer !== null && /timeout|reject|abort/i.test(text.slice(timer.start, timer.end))) found.push({ start: node.start, end: node.end, text: text.slice(work.start, work.end), pattern: 'race with a timer' });
    } else if (WRAPPERS.test(calleeName(node)) && second !== undefined && bare(first).type === 'CallExpression') {
      found.push({ start: node.start, end: node.end, text: text.slice(first.start, first.end), pattern: 'timeout wrapper' });
    }
  });
  return found;
}

/** A property with the comma after it, or the one before where it is the last. */
export function withComma(text, { start, end }) {
  const after = /^\s*,/.exec(text.slice(end));
  if (after !== null) return { start, end: end + after[0].length };
  const before = /,\s*$/.exec(text.slice(0, start));
  return { start: before === null ? start : before.index, end };
}
