import { afterAll, describe, expect, it } from 'vitest';
import { joinSignal } from '../../src/mends/join-signal.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';
import { nodesOf } from '../support/source.js';

afterAll(removeTempProjects);

/** What `signal` of the last call becomes, and the name of the helper that comes with it. */
function joined(code: string, engines: string | null = '>=20', name = 'src/a.ts'): string | null {
  const { file } = tempProject({ 'package.json': JSON.stringify({ name: 'orders', ...(engines === null ? {} : { engines: { node: engines } }) }), [name]: code });
  const source = file(name);
  const argument = nodesOf(source).flatMap((node) => (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'use' ? node.arguments : []))[0]!;
  const result = joinSignal(source, argument, '500');
  if (result === null) return null;
  return `${result.text}${result.edits.map(({ text, shared }) => ` + ${/function (\w+)/.exec(text)![1]!}${shared === true ? '' : ' not shared'}`).join('')}`;
}

const SIGNAL = 'const controller = new AbortController();\n';

describe('joinSignal', () => {
  it('uses the platform where every version that may run keeps the pair', () => {
    expect(joined(`${SIGNAL}use(controller.signal);`, '^22.16.0 || >=24')).toBe('AbortSignal.any([controller.signal, AbortSignal.timeout(500)])');
    expect(joined(`${SIGNAL}use(controller.signal);`, '>=24')).toBe('AbortSignal.any([controller.signal, AbortSignal.timeout(500)])');
  });

  it.each(['>=20', '>=22', '22.x', '>=22.16', '*', 'lts', null])('brings a helper where the package runs on %s', (engines) => {
    // 23 is among `>=22.16`.
    expect(joined(`${SIGNAL}use(controller.signal);`, engines)).toBe('bounded(500, controller.signal) + bounded');
  });

  it('gives the helper a name that is free, and takes one that is there', () => {
    expect(joined(`${SIGNAL}const bounded = 1;\nuse(controller.signal);`)).toBe('boundedSignal(500, controller.signal) + boundedSignal');
    expect(joined(`${SIGNAL}const bounded = 1, boundedSignal = 2, signalWithin = 3;\nuse(controller.signal);`)).toBeNull();
  });

  it('joins nothing that may be no signal', () => {
    expect(joined('export const f = (signal?: AbortSignal) => use(signal);')).toBeNull();
    expect(joined(`${SIGNAL}const signal = Math.random() > 0.5 ? controller.signal : undefined;\nuse(signal);`)).toBeNull();
  });
});
