import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';

/** A package that the text of a module needs. */
export interface Dependency {
  readonly name: string;
  readonly range: string;
}

const FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/**
 * A package.json that depends on a package, with its layout kept.
 * @returns the same text where it does already, `null` where it is no JSON
 */
export function withDependency(text: string, { name, range }: Dependency): string | null {
  const errors: ParseError[] = [];
  const manifest = parse(text, errors) as Readonly<Record<string, Readonly<Record<string, string>> | undefined>> | null;
  if (errors.length > 0 || typeof manifest !== 'object' || manifest === null) return null;
  if (FIELDS.some((field) => manifest[field]?.[name] !== undefined)) return text;
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return applyEdits(
    text,
    modify(text, ['dependencies', name], range, {
      formattingOptions: { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' },
      // Package managers sort them.
      getInsertionIndex: (names) => names.filter((other) => other < name).length,
    }),
  );
}
