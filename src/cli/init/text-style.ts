import type { TSESTree } from '@typescript-eslint/types';
import { nodesOf } from './module-bindings.js';

/** How a file is written, so that what is added looks the same. */
export interface TextStyle {
  readonly quote: "'" | '"';
  /** `;` or nothing. */
  readonly end: '' | ';';
  /** One step of indentation. */
  readonly indent: string;
}

export const USUAL_STYLE: TextStyle = { quote: "'", end: ';', indent: '  ' };

function endsInSemicolon(statement: TSESTree.ProgramStatement): boolean {
  const { type } = statement;
  if (type === 'ExportDefaultDeclaration') return !/^(?:Function|Class)Declaration$/.test(statement.declaration.type);
  return type === 'ImportDeclaration' || type === 'VariableDeclaration' || type === 'ExpressionStatement' || type === 'TSExportAssignment';
}

export function styleOf(program: TSESTree.Program, text: string): TextStyle {
  const strings = [...nodesOf(program)].filter((node) => node.type === 'Literal' && typeof node.value === 'string').map((node) => text[node.range[0]]);
  const double = strings.filter((quote) => quote === '"').length;
  const statements = program.body.filter(endsInSemicolon);
  const open = statements.filter(({ range }) => text[range[1] - 1] !== ';').length;
  const indents = [...text.matchAll(/^([ \t]+)\S/gm)].map((match) => match[1]!).filter((indent) => !indent.startsWith(' *'));
  const shortest = indents.reduce<string | null>((least, indent) => (least === null || indent.length < least.length ? indent : least), null);
  return {
    quote: double * 2 > strings.length ? '"' : "'",
    end: open * 2 > statements.length ? '' : ';',
    indent: shortest === null || shortest.length > 8 || shortest === ' ' ? '  ' : shortest,
  };
}
