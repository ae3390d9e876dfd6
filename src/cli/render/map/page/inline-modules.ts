import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';

/**
 * The modules of the page as one script, each after those that it imports. They are ours and plain: named imports by their
 * own names from files beside them, exported declarations. All share one scope; a name that two of them declare is an
 * error of the browser at the first line, and of the tests.
 */
export function inlineModules(entry: URL): string {
  const texts = new Map<string, string>();
  add(entry, texts, new Set());
  return [...texts.values()].join('\n');
}

function add(file: URL, texts: Map<string, string>, entered: Set<string>): void {
  if (entered.has(file.href)) return;
  entered.add(file.href);
  const text = readFileSync(file, 'utf8');
  const { staticImports, staticExports } = parseSync(file.pathname, text).module;
  const cuts: [start: number, end: number][] = [];
  for (const { start, end, moduleRequest, entries } of staticImports) {
    if (!moduleRequest.value.startsWith('./') || entries.some(({ importName, localName }) => importName.name !== localName.value)) {
      throw new Error(`${file.pathname}: ${text.slice(start, end)} cannot be inlined`);
    }
    cuts.push([start, end]);
    add(new URL(moduleRequest.value, file), texts, entered);
  }
  // `export function …` loses its first word; the `export {}` of a module without any is gone.
  for (const { start, end } of staticExports) cuts.push(text.startsWith('export {', start) ? [start, end] : [start, start + 'export '.length]);
  texts.set(file.href, cut(text, cuts).trim());
}

function cut(text: string, ranges: readonly (readonly [start: number, end: number])[]): string {
  let rest = text;
  for (const [start, end] of ranges.toSorted(([a], [b]) => b - a)) rest = rest.slice(0, start) + rest.slice(end);
  return rest;
}
