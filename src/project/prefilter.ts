/**
 * Could a file matter to whoever imports it? Judged by its text, which is far cheaper than a parse.
 * Errs on the side of yes.
 * @param interesting words of which a file that matters holds one
 */
export function mayMatter(text: string, interesting: RegExp): boolean {
  return interesting.test(text) || handsOn(text) || exportsConstants(text);
}

const FROM_REEXPORT = /\bexport\s*(?:type\s+)?(?:\*(?:\s*as\s+[\w$]+)?|\{[^}]*\})\s*from\s*['"]([^'"\n]+)['"]|\bexports(?:\.\w+)?\s*=\s*require\s*\(\s*['"]([^'"\n]+)['"]|\.\.\.\s*require\s*\(\s*['"]([^'"\n]+)['"]|__exportStar\s*\(\s*require\s*\(\s*['"]([^'"\n]+)['"]/g;
const FROM_IMPORT = /\bimport\s+(?!type\b)([\w$*{}\s,]+?)\s+from\s*['"]([^'"\n]+)['"]|\b(?:const|let|var)\s+(\{[^}]*\}|[\w$]+)\s*=\s*require\s*\(\s*['"]([^'"\n]+)['"]/g;

/** The modules out of which a text hands something on: re-exports, and imports whose names it exports again. */
export function handedOnFrom(text: string): readonly string[] {
  const specifiers = new Set<string>();
  for (const match of text.matchAll(FROM_REEXPORT)) specifiers.add(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
  const exported = new Set(exportedNames(text));
  if (exported.size > 0) {
    for (const match of text.matchAll(FROM_IMPORT)) {
      if (namesIn(match[1] ?? match[3] ?? '').some((name) => exported.has(name))) specifiers.add(match[2] ?? match[4] ?? '');
    }
  }
  return [...specifiers].filter((specifier) => specifier !== '');
}

function namesIn(clause: string): readonly string[] {
  return clause.replace(/[{}]/g, ',').split(',').flatMap((part) => /([\w$]+)\s*$/.exec(part)?.[1] ?? []);
}

const REEXPORT = /\bexport\s*(?:type\s+)?(?:\*|\{[^}]*\}\s*from\b)|\b__exportStar\b|\.\.\.\s*require\s*\(|\bexports(?:\.\w+)?\s*=\s*require\s*\(|\bexport\s*(?:import\b|=)/;

/** Does it export something of another module, which may be anything? */
function handsOn(text: string): boolean {
  if (REEXPORT.test(text)) return true;
  const names = boundNames(text);
  return names.size > 0 && exportedNames(text).some((name) => names.has(name));
}

const IMPORT = /\bimport\s+(?!type\b)([\w$*{}\s,]+?)\s+from\s*['"]|\b(?:const|let|var)\s+(\{[^}]*\}|[\w$]+)\s*=\s*require\s*\(|\bimport\s+([\w$]+)\s*=\s*require\s*\(/g;

/** Local names that imports bind. */
function boundNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(IMPORT)) {
    const clause = match[1] ?? match[2] ?? match[3] ?? '';
    for (const name of namesIn(clause)) names.add(name);
  }
  return names;
}

const EXPORT =
  /\bexport\s+default\s+(?:await\s+)?(?:new\s+)?([\w$]+)|\bexport\s*\{([^}]*)\}|\bexport\s+(?:const|let|var)\s+[\w$]+\s*(?::[^=;\n]+)?=\s*(?:await\s+)?(?:new\s+)?([\w$]+)|\bexports(?:\.\w+)?\s*=\s*(?:await\s+)?(?:new\s+)?(?:([\w$]+)|\{([^}]*)\})|\bextends\s+([\w$]+)/g;

/** Names that exported expressions start with. */
function exportedNames(text: string): readonly string[] {
  const names: string[] = [];
  for (const match of text.matchAll(EXPORT)) {
    const list = match[2] ?? match[5];
    if (list !== undefined) names.push(...list.split(/[^\w$]+/));
    const name = match[1] ?? match[3] ?? match[4] ?? match[6];
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** Limits and options are often kept in a file of constants, which names no library at all. */
const CONSTANT = /\bexport\s+(?:const|let)\s+[\w$]+\s*(?::[^=;\n]+)?=\s*(?:[-\d{[]|(?:Number|parseInt|parseFloat)\s*\(|process\.|Object\.freeze)|\bexport\s+(?:const\s+)?enum\b|\bexport\s+default\s*\{|\bmodule\.exports\s*=\s*\{/;

function exportsConstants(text: string): boolean {
  return CONSTANT.test(text);
}
