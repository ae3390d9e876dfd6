import { applyEdits, modify, parse, type JSONPath, type ParseError } from 'jsonc-parser';

/** A package that the text of a module needs. */
export interface Dependency {
  readonly name: string;
  readonly range: string;
  /** Only the compiler wants it: types. */
  readonly isForTypes?: boolean;
}

type Manifest = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** Where a package stands that is there when the code runs. */
const AT_RUN_TIME = ['dependencies', 'peerDependencies', 'optionalDependencies'] as const;

/**
 * A package.json that depends on a package, with its layout kept. One that is there for development alone moves to
 * those that the code runs with, in its range.
 * @returns the same text where it does already, `null` where it is no JSON
 */
export function withDependency(text: string, { name, range, isForTypes = false }: Dependency): string | null {
  const manifest = manifestOf(text);
  if (manifest === null) return null;
  if (AT_RUN_TIME.some((field) => manifest[field]?.[name] !== undefined)) return text;
  const forDevelopment = manifest['devDependencies']?.[name];
  if (isForTypes) return forDevelopment === undefined ? withEntry(text, ['devDependencies', name], range) : text;
  const without = forDevelopment === undefined ? text : withEntry(text, ['devDependencies', name], undefined);
  return withEntry(without, ['dependencies', name], forDevelopment ?? range);
}

/** The range in which a package.json asks for a package, `null` where it does not. */
export function rangeIn(text: string, name: string): string | null {
  const manifest = manifestOf(text);
  return [...AT_RUN_TIME, 'devDependencies'].map((field) => manifest?.[field]?.[name]).find((range) => typeof range === 'string') ?? null;
}

function manifestOf(text: string): Manifest | null {
  const errors: ParseError[] = [];
  const manifest = parse(text, errors) as Manifest | null;
  return errors.length > 0 || typeof manifest !== 'object' || manifest === null ? null : manifest;
}

/** Package managers sort the packages of a field; a field that is new comes last. */
function withEntry(text: string, [field, name]: readonly [string, string], value: string | undefined): string {
  const isThere = manifestOf(text)?.[field] !== undefined;
  const path: JSONPath = isThere ? [field, name] : [field];
  const indent = /\n([ \t]+)"/.exec(text)?.[1];
  return applyEdits(
    text,
    modify(text, path, isThere ? value : { [name]: value }, {
      // A file of one line stays one.
      ...(indent === undefined ? {} : { formattingOptions: { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' } }),
      getInsertionIndex: (names) => (isThere ? names.filter((other) => other < name).length : names.length),
    }),
  );
}
