import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/analysis/evaluate.js';
import { marked, sourceOf } from '../support/source.js';
import { valueText } from '../support/value-text.js';

function valueOf(code: string): string {
  const file = sourceOf(code);
  return valueText(evaluate(file, marked(file, 'a')));
}

const TIMER = 'signal by a timer';
const CANCELS = 'signal that cancels';
const UNKNOWN = '? signal';

const cases: [sentence: string, code: string, value: string][] = [
  ['AbortSignal.timeout', '/*a*/ AbortSignal.timeout(5000);', 'signal after 5000'],
  ['AbortSignal.timeout of a constant', 'const MS = 5 * 1000; /*a*/ AbortSignal.timeout(MS);', 'signal after 5000'],
  ['AbortSignal.timeout by the global object', '/*a*/ globalThis.AbortSignal.timeout(5000);', 'signal after 5000'],
  ['AbortSignal.timeout in a variable', 'const signal = AbortSignal.timeout(5000); /*a*/ signal;', 'signal after 5000'],
  ['a helper that makes one', 'const after = (ms) => AbortSignal.timeout(ms); /*a*/ after(5000);', 'signal after 5000'],
  ['AbortSignal.timeout of another class of that name', 'class AbortSignal { static timeout() { return 1; } } /*a*/ AbortSignal.timeout(5000);', '1'],
  ['AbortSignal.abort', '/*a*/ AbortSignal.abort();', CANCELS],
  ['AbortSignal.any with a timeout', 'function f(signal) { return /*a*/ AbortSignal.any([signal, AbortSignal.timeout(5000)]); }', 'signal after 5000'],
  ['AbortSignal.any of a parameter alone', 'function f(signal) { return /*a*/ AbortSignal.any([signal]); }', UNKNOWN],
  ['AbortSignal.any of signals that cancel', '/*a*/ AbortSignal.any([AbortSignal.abort()]);', CANCELS],
  ['AbortSignal.any of a list that is not known', '/*a*/ AbortSignal.any(signals);', UNKNOWN],
  ['AbortSignal.any of a list with a spread and a timeout', '/*a*/ AbortSignal.any([...signals, AbortSignal.timeout(1)]);', 'signal after 1'],
  ['AbortSignal.any of a filtered list', '/*a*/ AbortSignal.any([signal, AbortSignal.timeout(1)].filter(Boolean));', UNKNOWN],
  ['a controller that a timer aborts', 'const c = new AbortController(); setTimeout(() => c.abort(), 5000); /*a*/ c.signal;', TIMER],
  ['a controller that a timer aborts, with clearTimeout', 'async function f() { const c = new AbortController(); const t = setTimeout(() => c.abort(), 5000); try { return await fetch(u, { signal: /*a*/ c.signal }); } finally { clearTimeout(t); } }', TIMER],
  ['a controller that a timer aborts in a block', 'const c = new AbortController(); setTimeout(() => { log(); c.abort(new Error("late")); }, 5000); /*a*/ c.signal;', TIMER],
  ['a controller that a timer aborts in a function expression', 'const c = new AbortController(); setTimeout(function () { c.abort(); }, 5000); /*a*/ c.signal;', TIMER],
  ['a controller that a timer aborts by a bound method', 'const c = new AbortController(); setTimeout(c.abort.bind(c), 5000); /*a*/ c.signal;', TIMER],
  ['a controller that a timer aborts by a named arrow', 'const c = new AbortController(); const onTimeout = () => c.abort(); setTimeout(onTimeout, 5000); /*a*/ c.signal;', TIMER],
  ['a controller that a timer aborts by a declared function', 'const c = new AbortController(); function onTimeout() { c.abort(); } setTimeout(onTimeout, 5000); /*a*/ c.signal;', TIMER],
  ['a controller that a timer aborts through another function', 'const c = new AbortController(); const cancel = () => c.abort(); setTimeout(() => cancel(), 5000); /*a*/ c.signal;', TIMER],
  ['a controller that a timer of the global object aborts', 'const c = new AbortController(); globalThis.setTimeout(() => c.abort(), 5000); /*a*/ c.signal;', TIMER],
  ['a controller that an interval aborts', 'const c = new AbortController(); setInterval(() => { if (late()) c.abort(); }, 100); /*a*/ c.signal;', TIMER],
  ['a controller that a timer aborts under a condition', 'const c = new AbortController(); const t = ms ? setTimeout(() => c.abort(), ms) : undefined; /*a*/ c.signal;', TIMER],
  ['the destructured signal of a controller that a timer aborts', 'const c = new AbortController(); setTimeout(() => c.abort(), 1); const { signal } = c; /*a*/ signal;', TIMER],
  ['a controller that a listener aborts', "const c = new AbortController(); request.on('close', () => c.abort()); /*a*/ c.signal;", CANCELS],
  ['a controller that a shutdown aborts', "const c = new AbortController(); process.once('SIGTERM', () => c.abort()); /*a*/ c.signal;", CANCELS],
  ['a controller that is aborted on the spot', 'const c = new AbortController(); c.abort(); /*a*/ c.signal;', CANCELS],
  ['a controller that nothing aborts', 'const c = new AbortController(); /*a*/ c.signal;', CANCELS],
  ['a controller that a listener and a timer abort', "const c = new AbortController(); request.on('close', () => c.abort()); setTimeout(() => c.abort(), 5000); /*a*/ c.signal;", TIMER],
  ['a controller whose abort a listener is handed', "const c = new AbortController(); request.on('close', c.abort); /*a*/ c.signal;", CANCELS],
  ['a controller that a listener by property aborts', 'const c = new AbortController(); socket.onclose = () => c.abort(); /*a*/ c.signal;', CANCELS],
  ['a controller that a named listener aborts', "const c = new AbortController(); const stop = () => c.abort(); request.on('close', stop); /*a*/ c.signal;", CANCELS],
  ['a controller that is handed to an unknown function', 'const c = new AbortController(); register(c); /*a*/ c.signal;', UNKNOWN],
  ['a controller that is kept in an object', 'const c = new AbortController(); jobs.set(id, c); /*a*/ c.signal;', UNKNOWN],
  ['a controller that is returned', 'function f() { const c = new AbortController(); start(/*a*/ c.signal); return c; }', UNKNOWN],
  ['a controller that is exported', 'export const c = new AbortController(); /*a*/ c.signal;', UNKNOWN],
  ['a controller whose abort is returned', 'function f() { const c = new AbortController(); start(/*a*/ c.signal); return () => c.abort(); }', UNKNOWN],
  ['a controller whose abort is handed to an unknown function', 'const c = new AbortController(); after(5000, () => c.abort()); /*a*/ c.signal;', UNKNOWN],
  ['a controller whose abort is kept in an object', 'const c = new AbortController(); const job = { cancel: () => c.abort() }; register(job); /*a*/ c.signal;', UNKNOWN],
  ['a controller in a field', 'class A { c = new AbortController(); f() { return /*a*/ this.c.signal; } }', UNKNOWN],
  ['a controller that is not bound', '/*a*/ new AbortController().signal;', UNKNOWN],
  ['the signal of a request', 'function f(request) { return /*a*/ request.signal; }', 'parameter 0.signal'],
  ['a controller of another class of that name', 'class AbortController { signal = 1; } /*a*/ new AbortController().signal;', '1'],
];

describe('a signal evaluates', () => {
  it.each(cases)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});
