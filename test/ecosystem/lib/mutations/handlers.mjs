/** Handlers of errors to empty, or to make silent about the failure. */
import { calleeName, functionAbove, has, isFunction, statementsOf, walk, within } from '../syntax.mjs';

const LOG = /\b(?:console|log|logger|logging\w*|\w*[lL]ogger)\s*\??\.\s*\w+\(|\blog(?:Error)?\(/;
const TELLS = /\b(?:captureException|captureError|reportError|recordException)\(|\b(?:next|reject|callback|cb|done)\(\s*\w|\.status\(\s*[45]\d\d/;

/** A handler: a `catch` around something awaited, or a function given to `.catch`. */
function handlersIn(program) {
  const handlers = [];
  walk(program, (node, ancestors) => {
    if (node.type === 'TryStatement' && node.handler != null && has(node.block, 'AwaitExpression')) {
      const inner = functionAbove(ancestors);
      const answers = within(node.block, (item) => item.type === 'ReturnStatement' && item.argument != null).length > 0;
      handlers.push({ kind: 'catch', body: node.handler.body, parameter: node.handler.param, answers: inner !== null && answers });
    }
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && calleeName(node) === 'catch' && node.arguments.length === 1 && isFunction(node.arguments[0])) {
      const [fn] = node.arguments;
      handlers.push({ kind: '.catch', body: fn.body, parameter: fn.params[0], answers: fn.body.type !== 'BlockStatement' || has(fn.body, 'ReturnStatement') });
    }
  });
  return handlers;
}

export function findHandlers(program, text) {
  return handlersIn(program)
    .filter(({ body }) => (body.type === 'BlockStatement' ? body.body.length > 0 : /^(?:CallExpression|AwaitExpression|NewExpression)$/.test(body.type)))
    .map(({ kind, body }) => ({ ...wholeBody(text, body), text: '{}', pattern: `${kind} handler` }));
}

/** The body of an arrow function may stand in parentheses, which belong to what is replaced. */
function wholeBody(text, { type, start, end }) {
  if (type === 'BlockStatement') return { start, end };
  const open = /\(\s*$/.exec(text.slice(0, start));
  const close = /^\s*,?\s*\)/.exec(text.slice(end));
  const arrow = open !== null && /=>\s*$/.test(text.slice(0, open.index));
  return arrow && close !== null ? { start: open.index, end: end + close[0].length } : { start, end };
}

export function findTellingHandlers(program, text) {
  const found = [];
  for (const { kind, body, parameter, answers } of handlersIn(program)) {
    if (body.type !== 'BlockStatement') continue;
    const code = text.slice(body.start, body.end);
    const statements = statementsOf(body);
    const log = statements.find((statement) => statement.type === 'ExpressionStatement' && LOG.test(text.slice(statement.start, statement.end)));
    const told = statements.some((statement) => statement.type === 'ThrowStatement') || TELLS.test(log === undefined ? code : code.replace(text.slice(log.start, log.end), ''));
    if (!told) continue;
    const place = { start: body.start, end: body.end };
    // One mutant a handler: what it logs already, else an answer that looks like success.
    if (log !== undefined) found.push({ ...place, text: `{ ${text.slice(log.start, log.end)} }`, pattern: `${kind}: log only` });
    else if (answers) found.push({ ...place, text: body.start % 2 === 0 ? '{ return null; }' : '{ return []; }', pattern: `${kind}: ${body.start % 2 === 0 ? 'null' : 'empty list'}` });
    else if (parameter?.type === 'Identifier') found.push({ ...place, text: `{ console.error(${parameter.name}); }`, pattern: `${kind}: log only` });
  }
  return found;
}
