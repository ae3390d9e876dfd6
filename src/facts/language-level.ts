import type { SourceFile } from '../analysis/source-file.js';
import { tsconfigOf } from '../project/tsconfig.js';

const TYPED = /\.[cm]?tsx?$/;
const YEAR = /^es(\d+)/;

/** Are the types of the language that a file is checked against older than a year's? What nobody says is not. */
export function isTypedBefore(file: SourceFile, year: number): boolean {
  if (!TYPED.test(file.path)) return false;
  const config = tsconfigOf(file.path);
  if (config === null) return false;
  const levels = config.lib ?? (config.target === null ? null : [config.target]);
  if (levels === null || levels.some((level) => level.startsWith('esnext'))) return false;
  const years = levels.flatMap((level) => {
    const found = YEAR.exec(level)?.[1];
    return found === undefined ? [] : [found.length < 4 ? 2009 + Number(found) : Number(found)];
  });
  return years.length > 0 && Math.max(...years) < year;
}
