import { dirname, join } from 'node:path';
import type { ESLint } from 'eslint';
import { packageOfFile } from '../../project/workspace.js';
import { findFiles } from '../find-files.js';

const TYPESCRIPT = /\.[cm]?tsx?$/;
/** Of one package and language: enough to tell, few enough that a thousand packages take no minute. */
const EACH = 2;
const MOST = 60;

export interface SampleFiles {
  /** Sources in production use that a configuration is asked about; absolute. */
  readonly files: readonly string[];
  /** Of all that were found. */
  readonly typescript: number;
  readonly javascript: number;
}

/** A few sources of each package below a folder. */
export async function sampleFiles(folder: string, loadESLint: () => typeof ESLint): Promise<SampleFiles> {
  const { files } = await findFiles({ cwd: folder, paths: [], ignore: [], includeTests: false, loadESLint });
  const taken = new Map<string, number>();
  const samples: string[] = [];
  let typescript = 0;
  for (const { path } of files) {
    const isTypeScript = TYPESCRIPT.test(path);
    if (isTypeScript) typescript++;
    const key = `${packageOfFile(path)?.directory ?? dirname(path)}\0${String(isTypeScript)}`;
    const before = taken.get(key) ?? 0;
    if (before >= EACH || samples.length >= MOST) continue;
    taken.set(key, before + 1);
    samples.push(path);
  }
  // A project that is still empty is asked about the file that it will have.
  return { files: samples.length > 0 ? samples : [join(folder, 'src/index.js')], typescript, javascript: files.length - typescript };
}

export const isTypeScriptFile = (path: string): boolean => TYPESCRIPT.test(path);
