import { dirname, extname, join, relative, sep } from 'node:path';
import type { SourceFile } from '../../analysis/source-file.js';
import { isFile } from '../../project/disk.js';
import { tsconfigOf } from '../../project/tsconfig.js';
import { packageOfFile } from '../../project/workspace.js';

/** The module of policies that a file is to import. */
export interface ModulePlace {
  /** Absolute. */
  readonly path: string;
  /** As the file imports it. */
  readonly specifier: string;
  readonly language: ModuleLanguage;
}

export type ModuleLanguage = 'typescript' | 'esm' | 'commonjs';

/** Why a file can have no module of policies. */
export type NoPlace = 'no-package' | 'javascript-in-typescript' | 'commonjs-verbatim';

const TYPED = /\.[cm]?tsx?$/;

/**
 * Where the policies of a file's package stand.
 * @param option path below the package, with or without an extension
 */
export function modulePlace(file: SourceFile, option: string): ModulePlace | NoPlace {
  const manifest = packageOfFile(file.path);
  if (manifest === null) return 'no-package';
  const { directory } = manifest;
  const isTyped = TYPED.test(file.path);
  if (!isTyped && isFile(join(directory, 'tsconfig.json'))) return 'javascript-in-typescript';
  // It would have to be written with `import x = require()`, as that whole package is: hardly anyone does.
  if (isTyped && tsconfigOf(file.path)?.verbatimModules === true && isCompiledToCommonJs(file.path)) return 'commonjs-verbatim';
  const language = isTyped ? 'typescript' : isCommonJs(file, manifest.json['type']) ? 'commonjs' : 'esm';
  const extension = isTyped ? '.ts' : language === 'commonjs' && manifest.json['type'] === 'module' ? '.cjs' : '.js';
  const stem = option.replace(/\.[cm]?[jt]s$/, '');
  const path = join(directory, belowOwnFolder(file, directory, stem) + extension);
  return { path, specifier: specifierFrom(file, path), language };
}

/** A package may keep its code in another folder than `src`, which may be another program: the folder of the file then. */
function belowOwnFolder(file: SourceFile, directory: string, stem: string): string {
  if (!stem.startsWith('src/')) return stem;
  const own = relative(directory, file.path).split(sep);
  const inFolder = (folder: string): string => stem.replace(/^src\//, folder === '' ? '' : `${folder}/`);
  return own.length > 1 ? inFolder(own[0]!) : inFolder('');
}

/** Does the compiler make CommonJS of the package's TypeScript, by what is written there? */
function isCompiledToCommonJs(path: string): boolean {
  const module = tsconfigOf(path)?.module ?? null;
  return module === 'commonjs' || (module !== null && /^node(?:16|18|20|next)$/.test(module) && packageOfFile(path)?.json['type'] !== 'module');
}

/** Is a default import of a CommonJS package `undefined` there when it runs? Since `module: node16` it never is, if not asked for. */
export function lacksInterop(path: string): boolean {
  const config = tsconfigOf(path);
  return isCompiledToCommonJs(path) && config?.interop !== true && (config?.module === 'commonjs' || config?.interop === false);
}

function isCommonJs(file: SourceFile, type: unknown): boolean {
  const extension = extname(file.path);
  if (extension === '.cjs' || extension === '.mjs') return extension === '.cjs';
  if (type === 'module') return false;
  return !file.program.body.some((node) => node.type === 'ImportDeclaration' || node.type.startsWith('Export'));
}

function specifierFrom(file: SourceFile, path: string): string {
  const to = relative(dirname(file.path), path).split(sep).join('/');
  const plain = to.startsWith('.') ? to : `./${to}`;
  const stem = plain.slice(0, -extname(plain).length);
  return `${stem}${extensionOf(file, extname(path))}`;
}

/** As the file writes it in its other imports, else as its compiler wants it. */
function extensionOf(file: SourceFile, own: string): string {
  const imported = [...file.text.matchAll(/\b(?:from|require\s*\()\s*['"](\.{1,2}\/[^'"\n]+)['"]/g)].map(([, specifier]) => extname(specifier!));
  const code = imported.filter((extension) => extension === '' || /^\.[cm]?[jt]sx?$/.test(extension));
  if (own !== '.ts') return code.length > 0 && code.every((extension) => extension === '') && own === '.js' ? '' : own;
  if (code.length > 0) return code.includes('.ts') ? '.ts' : code.some((extension) => /^\.[cm]?js$/.test(extension)) ? '.js' : '';
  return /^node(?:16|18|20|next)/.test(tsconfigOf(file.path)?.moduleResolution ?? '') ? '.js' : '';
}
