import { createTwoFilesPatch } from 'diff';
import type { Colors } from '../color.js';

/** A unified diff of one file. */
export interface Patch {
  readonly text: string;
  paint(colors: Colors): string;
}

/** @param path as it is shown, with forward slashes */
export function diffOf(path: string, before: string, after: string): Patch {
  const text = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 }).replace(/^=+\n/, '');
  return { text, paint: (colors) => text.split('\n').map((line) => paintLine(line, colors)).join('\n') };
}

function paintLine(line: string, colors: Colors): string {
  if (line.startsWith('+++') || line.startsWith('---')) return colors.bold(line);
  if (line.startsWith('@@')) return colors.cyan(line);
  if (line.startsWith('+')) return colors.green(line);
  return line.startsWith('-') ? colors.red(line) : line;
}
