import type { TSESTree } from '@typescript-eslint/types';
import type { Edit } from '../../mends/edit.js';
import type { ConfigText } from './add-entries.js';
import { nodesOf, requiredModule } from './module-bindings.js';
import type { TextStyle } from './text-style.js';

/** How a file takes in modules. */
export type ModuleForm = 'import' | 'require';

/** What its own statements use; a file with neither is as its name and its package say. */
export function moduleForm(program: TSESTree.Program, otherwise: ModuleForm): ModuleForm {
  if (program.body.some(({ type }) => type.startsWith('Import') || type.startsWith('Export'))) return 'import';
  for (const node of nodesOf(program)) {
    if (node.type === 'CallExpression' && requiredModule(node) !== null) return 'require';
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'module') return 'require';
  }
  return otherwise;
}

export function importLine(name: string, module: string, form: ModuleForm, { quote, end }: TextStyle): string {
  return form === 'import' ? `import ${name} from ${quote}${module}${quote}${end}` : `const ${name} = require(${quote}${module}${quote})${end}`;
}

/** Puts lines after the last import; where there is none, above the first statement and what is written of it. */
export function addImports(program: TSESTree.Program, lines: readonly string[], { text, comments }: ConfigText): Edit {
  const last = program.body.filter(takesIn).at(-1) ?? program.body.filter(isDirective).at(-1);
  if (last !== undefined) {
    const stop = text.indexOf('\n', last.range[1]);
    const end = stop === -1 ? text.length : stop;
    const trailing = comments.filter(({ range }) => range[0] >= last.range[1] && range[1] <= end).at(-1);
    const at = trailing?.range[1] ?? last.range[1];
    return { range: [at, at], text: lines.map((line) => `\n${line}`).join('') };
  }
  const at = headOf(program, text, comments);
  return { range: [at, at], text: `${lines.join('\n')}\n\n` };
}

function takesIn(statement: TSESTree.ProgramStatement): boolean {
  if (statement.type === 'ImportDeclaration' || statement.type === 'TSImportEqualsDeclaration') return true;
  return statement.type === 'VariableDeclaration' && statement.declarations.some(({ init }) => requiredModule(init) !== null);
}

const isDirective = (statement: TSESTree.ProgramStatement): boolean => statement.type === 'ExpressionStatement' && typeof statement.directive === 'string';

/** Comments that are said of the file: they stay above everything. */
const OF_FILE = /@ts-(?:no)?check|@jsx|@file|@license|@flow|^\s*eslint|copyright|license|^!/i;

/** Before the comments that stand right above the first statement, since they speak of it. */
function headOf(program: TSESTree.Program, text: string, comments: readonly TSESTree.Comment[]): number {
  const first = program.body[0];
  if (first === undefined) return text.length;
  let at = first.range[0];
  const above = comments.filter(({ range }) => range[1] <= first.range[0]);
  for (let comment = above.pop(); comment !== undefined; comment = above.pop()) {
    if (/\n\s*\n/.test(text.slice(comment.range[1], at)) || OF_FILE.test(comment.value) || text.startsWith('#!', comment.range[0])) break;
    at = comment.range[0];
  }
  return at;
}
