import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatePackage, type GateOutcome } from '../../src/codemod/type-gate.js';
import { tempProject } from '../cli/fixture.js';

const TSCONFIG = JSON.stringify({ compilerOptions: { target: 'es2022', lib: ['es2022'], module: 'esnext', moduleResolution: 'bundler', strict: true, types: [] }, include: ['src'] });

/** The gate over a package with these files, of which some are to become others. */
function gate(files: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): GateOutcome & { readonly names: readonly string[] } {
  const root = tempProject({ 'package.json': '{ "name": "orders" }', 'tsconfig.json': TSCONFIG, ...files });
  const outcome = gatePackage(root, root, Object.entries(after).map(([path, text]) => ({ path: join(root, path), after: text })));
  return { ...outcome, names: outcome.rejected.map(({ path }) => path.slice(root.length + 1)) };
}

describe('the type gate', () => {
  it('lets pass what adds no error', () => {
    const { rejected, errors } = gate({ 'src/a.ts': 'export const a: number = 1;\n' }, { 'src/a.ts': 'export const a: number = 2;\n' });
    expect(rejected).toEqual([]);
    expect(errors).toEqual({ before: 0, after: 0 });
  });

  it('sends back a file that gained an error, and keeps the others', () => {
    const { names, rejected, errors } = gate({ 'src/a.ts': 'export const a = 1;\n', 'src/b.ts': 'export const b = 1;\n' }, { 'src/a.ts': "export const a: number = 'x';\n", 'src/b.ts': 'export const b = 2;\n' });
    expect(names).toEqual(['src/a.ts']);
    expect(rejected[0]!.problem).toMatch(/^TS2322: Type 'string' is not assignable/);
    expect(errors).toEqual({ before: 0, after: 0 });
  });

  it('is not content with one error in place of another', () => {
    const { names, errors } = gate({ 'src/a.ts': "export const a: number = 'x';\n" }, { 'src/a.ts': 'export const a: string = 1;\n' });
    expect(names).toEqual(['src/a.ts']);
    expect(errors).toEqual({ before: 1, after: 1 });
  });

  it('lets errors be that were there before', () => {
    const { names, errors } = gate({ 'src/a.ts': "export const a: number = 'x';\n" }, { 'src/a.ts': "// above\nexport const a: number = 'x';\n" });
    expect(names).toEqual([]);
    expect(errors).toEqual({ before: 1, after: 1 });
  });

  it('sends back what breaks a file that was not changed', () => {
    const { names, errors } = gate({ 'src/a.ts': 'export const a = 1;\n', 'src/b.ts': "import { a } from './a';\nexport const b: number = a;\n" }, { 'src/a.ts': "export const a = 'x';\n" });
    expect(names).toEqual(['src/a.ts']);
    expect(errors).toEqual({ before: 0, after: 0 });
  });

  it('sends back what breaks a file three imports away', () => {
    const files = { 'src/a.ts': 'export const a = () => 1;\n', 'src/b.ts': "export * from './a';\n", 'src/c.ts': "import { a } from './b';\nexport const c = { value: a() };\n", 'src/d.ts': "import { c } from './c';\nexport const d: number = c.value;\n" };
    const { names, rejected } = gate(files, { 'src/a.ts': "export const a = () => 'x';\n" });
    expect(names).toEqual(['src/a.ts']);
    expect(rejected[0]!.problem).toMatch(/d\.ts: TS2322/);
  });

  it('sends back what breaks others through a global or an augmented module', () => {
    expect(gate({ 'src/a.ts': 'const limit = 1;\n', 'src/b.ts': 'const twice: number = limit * 2;\n' }, { 'src/a.ts': "const limit = 'x';\n" }).names).toEqual(['src/a.ts']);
    const files = { 'src/a.ts': "import './c';\ndeclare module './c' { interface Order { net: number } }\n", 'src/b.ts': "import type { Order } from './c';\nexport const net = (order: Order): number => order.net;\n", 'src/c.ts': 'export interface Order { id: string }\n' };
    expect(gate(files, { 'src/a.ts': "import './c';\ndeclare module './c' { interface Order { net: string } }\n" }).names).toEqual(['src/a.ts']);
  });

  it('keeps errors of other files in its count', () => {
    const { errors, names } = gate({ 'src/a.ts': 'export const a = 1;\n', 'src/b.ts': "export const b: number = 'x';\n" }, { 'src/a.ts': 'export const a = 1;\nconsole;\n' });
    expect(names).toEqual(['src/a.ts']);
    expect(errors).toEqual({ before: 1, after: 1 });
  });

  it('reads the configurations that tsconfig.json refers to', () => {
    const files = { 'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }', 'tsconfig.app.json': TSCONFIG, 'src/a.ts': 'export const a = 1;\n' };
    expect(gate(files, { 'src/a.ts': "export const a: number = 'x';\n" }).names).toEqual(['src/a.ts']);
  });

  it('names files that no configuration holds', () => {
    const { unchecked, names } = gate({ 'scripts/a.ts': 'export const a = 1;\n' }, { 'scripts/a.ts': "export const a: number = 'x';\n" });
    expect(unchecked).toHaveLength(1);
    expect(names).toEqual([]);
  });

  it('counts the imports that it could find', () => {
    const { imports } = gate({ 'src/a.ts': "import { b } from './b';\nimport { c } from 'not-installed';\nexport const a = [b, c];\n", 'src/b.ts': 'export const b = 1;\n' }, { 'src/a.ts': "import { b } from './b';\nimport { c } from 'not-installed';\nexport const a = [b, c, 1];\n" });
    expect(imports).toEqual({ all: 2, resolved: 1 });
  });

  it('says what is wrong with a configuration', () => {
    expect(gate({ 'tsconfig.json': '{ "compilerOptions": { "target": "es1" } }', 'src/a.ts': '' }, { 'src/a.ts': 'export {};\n' }).problem).toMatch(/tsconfig\.json: TS6046: /);
    expect(gate({ 'tsconfig.json': '{ "extends": "./gone.json" }', 'src/a.ts': '' }, { 'src/a.ts': 'export {};\n' }).problem).toMatch(/tsconfig\.json: TS\d+: .*gone/);
  });
});
