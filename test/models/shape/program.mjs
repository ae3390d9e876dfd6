/** A program whose only text imports the modules of one package, and what is exported there. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const LIB = dirname(createRequire(import.meta.url).resolve('typescript'));
/** Declarations of Node serve a package that brings none; nothing else of the project may stand in for what is missing. */
const LENT = ['@types/node', 'undici-types'];

const WAYS = [
  { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
];

const parsed = new Map();

/**
 * @param folder where the package is installed
 * @param modules specifiers to import
 * @param texts further files by name, for the tests of this
 * @returns `{ checker, modules }`: by specifier the module's symbol, or null where it has no declarations
 */
export function declarationsOf(folder, modules) {
  let best = null;
  // Declarations are known by where they really are, also where the folder of all installs is a link.
  const real = realpathSync(folder);
  for (const way of WAYS) {
    const made = make(real, modules, way);
    if (best === null || made.missing < best.missing) best = made;
    if (best.missing === 0) break;
  }
  return best;
}

function make(folder, modules, way) {
  const entry = join(folder, 'entry.mts');
  const text = modules.map((name, i) => `import * as m${i} from '${name}';\nexport { m${i} };\n`).join('');
  const options = {
    ...way, target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], strict: true, skipLibCheck: true, noEmit: true, esModuleInterop: true,
    allowSyntheticDefaultImports: true, types: ['node'], typeRoots: [join(folder, 'node_modules/@types'), join(ROOT, 'node_modules/@types')],
  };
  const host = ts.createCompilerHost(options, true);
  const own = host.getSourceFile.bind(host);
  host.getSourceFile = (name, target) => {
    if (name === entry) return ts.createSourceFile(name, text, target, true);
    if (!resolve(name).startsWith(LIB)) return own(name, target);
    if (!parsed.has(name)) parsed.set(name, own(name, target));
    return parsed.get(name);
  };
  const mayRead = (path) => within(path, folder) || within(path, LIB) || LENT.some((name) => path.includes(`/node_modules/${name}`));
  host.fileExists = (path) => path === entry || (mayRead(path) && ts.sys.fileExists(path));
  host.readFile = (path) => (path === entry ? text : ts.sys.readFile(path));
  host.directoryExists = (path) => (mayRead(path) || within(ROOT, path) || path.startsWith(join(ROOT, 'node_modules/@types'))) && ts.sys.directoryExists(path);
  const program = ts.createProgram({ rootNames: [entry], options, host });
  const checker = program.getTypeChecker();
  const found = new Map();
  for (const statement of program.getSourceFile(entry).statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const symbol = checker.getSymbolAtLocation(statement.moduleSpecifier) ?? null;
    found.set(statement.moduleSpecifier.text, symbol);
  }
  return { checker, modules: found, missing: [...found.values()].filter((symbol) => symbol === null).length, isCommonJs: (symbol) => isCommonJs(symbol) };
}

function within(path, folder) {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Does `require` of it give one object, so that this is its default too? */
function isCommonJs(symbol) {
  const file = symbol.declarations?.[0]?.getSourceFile();
  if (file === undefined) return false;
  if (file.impliedNodeFormat !== undefined) return file.impliedNodeFormat === ts.ModuleKind.CommonJS;
  return !file.fileName.endsWith('.mts') && !isModulePackage(dirname(file.fileName));
}

function isModulePackage(folder) {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const file = join(at, 'package.json');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).type === 'module';
  }
  return false;
}
