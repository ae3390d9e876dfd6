import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesBelow, readJson, readText } from './support.js';

interface Table {
  readonly layers: Readonly<Record<string, readonly string[]>>;
  readonly typesFrom: Readonly<Record<string, readonly string[]>>;
  readonly forbiddenPackages: Readonly<Record<string, readonly string[]>>;
  readonly siblingsApart: readonly string[];
  readonly siblingExceptions: readonly string[];
}

interface Import {
  readonly specifier: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
  /** A call of `import()` or `require()` inside a function: not loaded with the module. */
  readonly deferred: boolean;
}

const table = readJson<Table>('test/meta/layers.json');
const sources = ['src', 'rules', 'codemods'].flatMap(filesBelow).filter((path) => path.endsWith('.ts'));
const imports = new Map(sources.map((path) => [path, importsOf(path)]));

/** The innermost layer of the table that a file lies in. */
function layerOf(path: string): string | null {
  const folder = Object.keys(table.layers).filter((layer) => path.startsWith(`${layer}/`));
  return folder.sort((a, b) => b.length - a.length)[0] ?? null;
}

function importsOf(path: string): Import[] {
  const found: Import[] = [];
  const file = ts.createSourceFile(path, readText(path), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const bindings = node.importClause?.namedBindings;
      const typeOnly =
        node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
        (bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.length > 0 && node.importClause?.name === undefined && bindings.elements.every((element) => element.isTypeOnly));
      found.push({ specifier: node.moduleSpecifier.text, typeOnly, deferred: false });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly, deferred: false });
    } else if (ts.isCallExpression(node)) {
      const [argument] = node.arguments;
      const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require');
      if (loads && argument !== undefined && ts.isStringLiteralLike(argument)) found.push({ specifier: argument.text, typeOnly: false, deferred: inFunction });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
      found.push({ specifier: node.argument.literal.text, typeOnly: true, deferred: false });
    }
    ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)));
  };
  visit(file, false);
  return found;
}

/** The source file that a relative specifier means. */
function resolveRelative(from: string, specifier: string): string {
  return normalize(join(dirname(from), specifier)).replaceAll('\\', '/').replace(/\.js$/, '.ts');
}

const packageOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

describe('layers', () => {
  it('finds sources in every layer it speaks of', () => {
    for (const layer of ['src/models', 'src/analysis', 'src/eslint', 'rules']) expect(sources.filter((path) => layerOf(path) === layer)).not.toEqual([]);
  });

  it('import only what the table allows', () => {
    const broken: string[] = [];
    for (const [path, list] of imports) {
      const layer = layerOf(path);
      if (layer === null) continue;
      for (const { specifier, typeOnly } of list) {
        if (!specifier.startsWith('.')) continue;
        const target = resolveRelative(path, specifier);
        const targetLayer = layerOf(target);
        if (targetLayer === null || targetLayer === layer) continue;
        const allowed = table.layers[layer]?.includes(targetLayer) === true || (typeOnly && table.typesFrom[layer]?.includes(targetLayer) === true);
        if (!allowed) broken.push(`${path} imports ${target}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('keep rules from rules and codemods from codemods', () => {
    const broken: string[] = [];
    for (const [path, list] of imports) {
      const layer = layerOf(path);
      if (layer === null || !table.siblingsApart.includes(layer) || table.siblingExceptions.includes(path)) continue;
      for (const { specifier } of list) {
        if (specifier.startsWith('.') && layerOf(resolveRelative(path, specifier)) === layer) broken.push(`${path} imports ${specifier}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('stay independent of the packages that the table forbids', () => {
    const broken: string[] = [];
    for (const [path, list] of imports) {
      const forbidden = table.forbiddenPackages[layerOf(path) ?? ''] ?? [];
      for (const { specifier, typeOnly } of list) {
        const name = packageOf(specifier);
        // The adapter and the entry name ESLint's types; a type is not a dependency at run time.
        if (forbidden.includes(name) && !(typeOnly && ['src', 'src/eslint', 'rules'].includes(layerOf(path) ?? ''))) broken.push(`${path} imports ${specifier}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('load neither eslint nor a compiler with the plugin entry', () => {
    const reached = new Set<string>();
    const packages = new Map<string, string>();
    const queue = ['src/index.ts'];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (reached.has(path)) continue;
      reached.add(path);
      for (const { specifier, typeOnly, deferred } of imports.get(path) ?? []) {
        if (typeOnly || deferred) continue;
        if (specifier.startsWith('.')) queue.push(resolveRelative(path, specifier));
        else packages.set(packageOf(specifier), path);
      }
    }
    expect(reached.size).toBeGreaterThan(5);
    for (const name of ['eslint', 'typescript', 'ts-morph', 'oxc-parser', '@typescript-eslint/utils', '@typescript-eslint/typescript-estree']) {
      expect(packages.get(name), `${name} is loaded with the plugin`).toBeUndefined();
    }
  });

  it('use no token methods', () => {
    const broken = sources.filter((path) => /\.\s*get(?:First|Last)?Tokens?(?:Before|After|Between|ByRangeStart)?\s*\(/.test(readText(path)));
    expect(broken).toEqual([]);
  });
});
