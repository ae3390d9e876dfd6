import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { completePolicies, type PolicyNeed } from '../../../src/codemod/policy-module/complete.js';
import { rangeIn, withDependency } from '../../../src/codemod/policy-module/dependency.js';
import type { LibraryName } from '../../../src/codemod/policy-module/libraries.js';
import { newModule } from '../../../src/codemod/policy-module/module-text.js';
import { modulePlace } from '../../../src/codemod/policy-module/place.js';
import { removeTempProjects, tempProject } from '../../support/temp-project.js';
import { LIMITS } from './written.js';

afterAll(removeTempProjects);

interface Case {
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly language?: PolicyNeed['language'];
  readonly library?: LibraryName;
  readonly installed?: Readonly<Record<string, string>>;
  readonly module?: string;
  readonly tsconfig?: Readonly<Record<string, unknown>>;
  readonly needs?: readonly Partial<PolicyNeed>[];
}

/** What a package gets for a policy: its new package.json, its module, the reasons why not. */
async function complete({ manifest = {}, language = 'typescript', library = 'cockatiel', installed = {}, module: text, tsconfig, needs = [{}] }: Case): Promise<{ readonly manifest: Record<string, Record<string, string>> | null; readonly module: string | null; readonly refused: readonly string[]; readonly libraries: readonly string[] }> {
  const { root } = tempProject(
    { 'package.json': JSON.stringify({ name: 'orders', ...manifest }), 'src/a.ts': '', ...(text === undefined ? {} : { 'src/resilience.ts': text }), ...(tsconfig === undefined ? {} : { 'tsconfig.json': JSON.stringify({ compilerOptions: tsconfig }) }) },
    installed,
  );
  const module = join(root, 'src/resilience.ts');
  const all = needs.map((need): PolicyNeed => ({ module, language, policy: 'payments', service: 'payments.internal', outcomes: 'http', section: null, limit: null, ...need }));
  const read = (path: string): Promise<string | null> => {
    try {
      return Promise.resolve(readFileSync(path, 'utf8'));
    } catch {
      return Promise.resolve(null);
    }
  };
  const { files, refused, libraries } = await completePolicies({ edits: [{ path: join(root, 'src/a.ts'), needs: all }], read }, { limits: LIMITS, shared: null, library });
  const after = (path: string): string | null => files.find((file) => file.path === join(root, path))?.after ?? null;
  const json = after('package.json');
  return { manifest: json === null ? null : JSON.parse(json), module: after('src/resilience.ts'), refused: [...refused.values()].map(({ reason, detail }) => `${reason}: ${detail}`), libraries: Object.keys(libraries) };
}

const node = (range: string): Readonly<Record<string, unknown>> => ({ engines: { node: range } });

describe('the dependency of a new module of policies', () => {
  it.each([
    ['on Node 22 and an ES module', { type: 'module', ...node('>=22') }, '^4.0.0'],
    ['on Node 22.12 and CommonJS, which Jest could not load 4 from', node('>=22.12'), '^3.2.1'],
    ['on Node 20 as well', { type: 'module', ...node('>=20') }, '^3.2.1'],
    ['on Node 20 or 22', { type: 'module', ...node('^20.19 || >=22.12') }, '^3.2.1'],
    ['where nothing says which Node', { type: 'module' }, '^3.2.1'],
  ])('is cockatiel %s', async (_title, manifest, range) => {
    const after = await complete({ manifest });
    expect(after.manifest!['dependencies']).toEqual({ cockatiel: range });
    expect(after.manifest!['devDependencies']).toBeUndefined();
    expect(after.module).toContain("from 'cockatiel'");
    expect([after.refused, after.libraries]).toEqual([[], ['cockatiel']]);
  });

  it.each([
    ['on Node 22', node('>=22'), '^10.0.0'],
    ['on Node 20', node('>=20'), '^8.5.0'],
    ['where nothing says which Node', {}, '^8.5.0'],
  ])('is opossum with its types %s', async (_title, manifest, range) => {
    const after = await complete({ manifest, library: 'opossum' });
    expect(after.manifest).toMatchObject({ dependencies: { opossum: range }, devDependencies: { '@types/opossum': '^8.1.9' } });
    expect(after.module).toContain("import CircuitBreaker from 'opossum';");
    const plain = await complete({ manifest, library: 'opossum', language: 'esm' });
    expect(plain.manifest).toEqual({ name: 'orders', ...manifest, dependencies: { opossum: range } });
  });

  it('is imported as the compiler makes it work', async () => {
    for (const [tsconfig, form] of [
      [{ module: 'commonjs' }, "import CircuitBreaker = require('opossum');"],
      [{ module: 'commonjs', allowSyntheticDefaultImports: true }, "import CircuitBreaker = require('opossum');"],
      [{ module: 'commonjs', esModuleInterop: true }, "import CircuitBreaker from 'opossum';"],
      [{ module: 'node16' }, "import CircuitBreaker from 'opossum';"],
      [{ module: 'node16', esModuleInterop: false }, "import CircuitBreaker = require('opossum');"],
      [{ module: 'esnext', moduleResolution: 'bundler' }, "import CircuitBreaker from 'opossum';"],
    ] as const) {
      expect([tsconfig, (await complete({ tsconfig, library: 'opossum' })).module]).toEqual([tsconfig, expect.stringContaining(form)]);
    }
  });

  it('stays where it is new enough', async () => {
    for (const range of ['^3.2.0', '^3.2.1', '~3.2.1', '^4.0.0', 'workspace:*', 'latest', 'catalog:']) expect([range, await complete({ manifest: { ...node('>=22'), type: 'module', dependencies: { cockatiel: range } } })]).toMatchObject([range, { manifest: null, refused: [] }]);
    expect(await complete({ manifest: { dependencies: { cockatiel: '^3.1.0' } }, installed: { cockatiel: '3.2.1' } })).toMatchObject({ manifest: null, refused: [] });
    expect(await complete({ manifest: { peerDependencies: { opossum: '>=8.3 <11' }, devDependencies: { '@types/opossum': '^8.1.0' } }, library: 'opossum' })).toMatchObject({ manifest: null, refused: [] });
  });

  it('is refused where it is too old', async () => {
    const after = await complete({ manifest: { dependencies: { cockatiel: '^3.1.3' } } });
    expect(after).toMatchObject({ manifest: null, module: null, refused: ['old-library: cockatiel 3.1.3; 3.2.0 is needed'] });
    expect((await complete({ manifest: { dependencies: { cockatiel: '^3.2.0' } }, installed: { cockatiel: '3.1.1' } })).refused).toEqual(['old-library: cockatiel 3.1.1; 3.2.0 is needed']);
    expect((await complete({ manifest: { devDependencies: { opossum: '^6.0.0' } }, library: 'opossum' })).refused).toEqual(['old-library: opossum 6.0.0; 8.1.2 is needed']);
  });

  it('moves to where the code runs with it', async () => {
    expect((await complete({ manifest: { dependencies: { axios: '^1.0.0', zod: '^4.0.0' }, devDependencies: { cockatiel: '~3.2.1', vitest: '^4.0.0' } } })).manifest).toEqual({
      name: 'orders',
      dependencies: { axios: '^1.0.0', cockatiel: '~3.2.1', zod: '^4.0.0' },
      devDependencies: { vitest: '^4.0.0' },
    });
  });

  it('is that of the module that is there, whatever is asked for', async () => {
    const module = newModule({ language: 'typescript', limits: LIMITS, policies: [{ name: 'stock', service: 'stock.internal', outcomes: 'http', section: null }], library: 'opossum' });
    const after = await complete({ module, manifest: { dependencies: { opossum: '^8.5.0' }, devDependencies: { '@types/opossum': '^8.1.9' } } });
    expect(after).toMatchObject({ manifest: null, refused: [], libraries: ['opossum'] });
    expect(after.module).toMatch(/policy\('payments', HTTP\);\n$/);
  });
});

describe('the policies of a package', () => {
  it('are refused where a name stands for another service, or the module for another thing', async () => {
    const first = await complete({});
    expect((await complete({ module: first.module!, manifest: { dependencies: { cockatiel: '^3.2.1' } }, needs: [{ service: 'billing.internal' }] })).refused).toEqual(['name-taken: `payments` stands for payments.internal, not for billing.internal']);
    expect((await complete({ needs: [{ service: 'b.internal' }, { service: 'a.internal' }] })).refused).toEqual(['name-taken: `payments` stands for a.internal, not for b.internal']);
    const taken = await complete({ module: 'export const limit = 1;\n' });
    expect(taken).toMatchObject({ module: null, manifest: null, refused: [expect.stringMatching(/^module-taken: .*resilience\.ts$/)] });
  });
});

describe('where a module of policies can stand', () => {
  const place = (tsconfig: Readonly<Record<string, unknown>>, manifest: Readonly<Record<string, unknown>> = {}): unknown => {
    const result = modulePlace(tempProject({ 'package.json': JSON.stringify({ name: 'orders', ...manifest }), 'tsconfig.json': JSON.stringify({ compilerOptions: tsconfig }), 'src/a.ts': 'export const a = 1;\n' }).file('src/a.ts'), 'src/resilience');
    return typeof result === 'string' ? result : result.specifier;
  };

  it('is nowhere in CommonJS that must not write imports', () => {
    expect(place({ module: 'commonjs', verbatimModuleSyntax: true })).toBe('commonjs-verbatim');
    expect(place({ module: 'nodenext', verbatimModuleSyntax: true })).toBe('commonjs-verbatim');
    expect(place({ module: 'nodenext', verbatimModuleSyntax: true }, { type: 'module' })).toBe('./resilience.js');
    expect(place({ module: 'esnext', moduleResolution: 'bundler', verbatimModuleSyntax: true })).toBe('./resilience');
    expect(place({ module: 'commonjs' })).toBe('./resilience');
    expect(place({ module: 'nodenext' })).toBe('./resilience.js');
  });
});

describe('a package.json that gets a dependency', () => {
  it('keeps its layout', () => {
    expect(withDependency('{\n\t"name": "a",\n\t"dependencies": {\n\t\t"b": "1",\n\t\t"z": "1"\n\t}\n}\n', { name: 'k', range: '^1.0.0' })).toBe('{\n\t"name": "a",\n\t"dependencies": {\n\t\t"b": "1",\n\t\t"k": "^1.0.0",\n\t\t"z": "1"\n\t}\n}\n');
    expect(withDependency('{\r\n  "name": "a"\r\n}\r\n', { name: 'k', range: '^1.0.0', isForTypes: true })).toBe('{\r\n  "name": "a",\r\n  "devDependencies": {\r\n    "k": "^1.0.0"\r\n  }\r\n}\r\n');
  });

  it('is left alone where it has it, or is none', () => {
    const types = '{ "dependencies": { "@types/k": "1" } }';
    expect(withDependency(types, { name: '@types/k', range: '^1.0.0', isForTypes: true })).toBe(types);
    expect(withDependency('{"name":"a","dependencies":{"b":"1"}}', { name: 'k', range: '^1.0.0' })).toBe('{"name":"a","dependencies":{"b":"1","k": "^1.0.0"}}');
    expect(withDependency('{ "name": ', { name: 'k', range: '^1.0.0' })).toBe(null);
    expect(rangeIn('{ "name": ', 'k')).toBe(null);
    expect(rangeIn('{ "devDependencies": { "k": "2" }, "peerDependencies": { "k": ">=1" } }', 'k')).toBe('>=1');
  });
});
