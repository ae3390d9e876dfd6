import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT, runNode, tempFolder } from '../../integration/support.js';
import { extraPackages } from '../../support/extra-packages.js';
import { writtenModules } from './written.js';

const folder = tempFolder('modules');
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STRICTEST: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noFallthroughCasesInSwitch: true,
  erasableSyntaxOnly: true,
  isolatedModules: true,
  isolatedDeclarations: true,
  declaration: true,
  skipLibCheck: true,
};
const NODE_NEXT = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };

interface Package {
  readonly type: 'module' | 'commonjs';
  readonly options: ts.CompilerOptions;
  readonly withoutInterop?: boolean;
}

const PACKAGES: Readonly<Record<string, Package>> = {
  'an ES module': { type: 'module', options: { ...NODE_NEXT, verbatimModuleSyntax: true } },
  'an ES module that knows the browser too': { type: 'module', options: { ...NODE_NEXT, verbatimModuleSyntax: true, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'] } },
  'a CommonJS package': { type: 'commonjs', options: NODE_NEXT },
  // `import x = require()` is what such packages have to write: they are not run with their types stripped.
  'a CommonJS package without interop': { type: 'commonjs', withoutInterop: true, options: { erasableSyntaxOnly: false, module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10, esModuleInterop: false, allowSyntheticDefaultImports: false, ignoreDeprecations: '6.0' } },
  'a bundled package': { type: 'commonjs', options: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, verbatimModuleSyntax: true } },
  'a package that looks packages up as Node 10 did': { type: 'commonjs', options: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10, esModuleInterop: true, ignoreDeprecations: '6.0' } },
};

/** Writes all modules into a package; their paths. */
function written(name: string, type: Package['type'], extension: string, modules: ReadonlyMap<string, string>): readonly string[] {
  const directory = join(folder, name.replaceAll(' ', '-'));
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ type }));
  return [...modules].map(([stem, text]) => {
    const path = join(directory, `${stem}${extension}`);
    writeFileSync(path, text);
    return path;
  });
}

/** What the compiler says of the modules themselves. */
function errorsOf(paths: readonly string[], options: ts.CompilerOptions): readonly string[] {
  const program = ts.createProgram([...paths], { ...STRICTEST, ...options, noEmit: true });
  const all = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics(), ...paths.flatMap((path) => [...program.getSyntacticDiagnostics(program.getSourceFile(path)), ...program.getSemanticDiagnostics(program.getSourceFile(path)), ...program.getDeclarationDiagnostics(program.getSourceFile(path))])];
  return all.map(({ file, start, code, messageText }) => `${file?.fileName.slice(folder.length) ?? ''}:${file === undefined ? '' : file.getLineAndCharacterOfPosition(start ?? 0).line + 1} TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

describe('a module of policies in TypeScript, under the strictest settings', () => {
  it.each(Object.entries(PACKAGES))('compiles in %s', (name, { type, options, withoutInterop = false }) => {
    // got 12 and later is an ES module alone: such a package cannot import it either.
    const modules = [...writtenModules('typescript', { withoutInterop })].filter(([stem]) => type === 'module' || options.moduleResolution !== ts.ModuleResolutionKind.Node10 || !stem.endsWith('gotHandler'));
    expect(errorsOf(written(name, type, '.ts', new Map(modules)), options)).toEqual([]);
  });

  it('compiles on cockatiel 4 as on 3', () => {
    const cockatiel4 = join(extraPackages({ cockatiel4: 'npm:cockatiel@4' }), 'cockatiel4/dist/index.d.ts');
    const paths = written('cockatiel 4', 'module', '.ts', writtenModules('typescript'));
    expect(errorsOf(paths, { ...NODE_NEXT, verbatimModuleSyntax: true, paths: { cockatiel: [cockatiel4] } })).toEqual([]);
  });

  it('is told apart from one that does not compile', () => {
    const broken = new Map([['broken', [...writtenModules('typescript').values()][0]!.replace('deadline: 30_000', "deadline: 'soon'")]]);
    expect(errorsOf(written('broken', 'module', '.ts', broken), NODE_NEXT).join()).toMatch(/broken\.ts:\d+ TS23/);
  });
});

describe('a module of policies in JavaScript', () => {
  it.each([
    ['esm', 'module', '.js'],
    ['esm', 'commonjs', '.mjs'],
    ['commonjs', 'commonjs', '.js'],
    ['commonjs', 'module', '.cjs'],
  ] as const)('runs: %s in a package of type %s, as %s', (language, type, extension) => {
    const paths = written(`javascript ${language} ${type}`, type, extension, writtenModules(language));
    const load = `const seen = {}; for (const path of ${JSON.stringify(paths)}) seen[path] = Object.keys(${language === 'esm' ? 'await import(path)' : '(await import("node:module")).createRequire(path)(path)'}).filter((name) => name !== 'default' && name !== 'module.exports').sort(); console.log(JSON.stringify(seen));`;
    const { stdout, stderr } = runNode(folder, ['--input-type=module', '-e', load]);
    expect(stderr).toBe('');
    const seen = Object.values(JSON.parse(stdout) as Record<string, string[]>);
    expect(seen).toHaveLength(paths.length);
    for (const names of seen) expect(names).toEqual(expect.arrayContaining(['AttemptTimeoutError', 'BrokenCircuitError', 'BulkheadRejectedError', 'DeadlineExceededError', 'HTTP', 'httpService', 'onPolicyEvent', 'policy', 'resetPolicies']));
    for (const [at, path] of paths.entries()) if (path.includes('axiosAdapter')) expect(seen[at]).toContain('axiosAdapter');
  });

  it('keeps what its limits mean', () => {
    for (const language of ['esm', 'commonjs'] as const) {
      for (const text of writtenModules(language).values()) {
        expect(text).toContain('/** One attempt, until its body is read.');
        expect(text).not.toMatch(/[«»]|\{\{|\binterface\b|^export type/m);
      }
    }
  });
});
