import type { TSESTree } from '@typescript-eslint/types';
import { declarationIn, originOfType } from '../analysis/declared-type.js';
import type { SourceFile } from '../analysis/source-file.js';
import { unwrap } from '../analysis/syntax.js';
import type { Value } from '../analysis/value.js';
import { STAND_IN } from '../models/cache-names.js';

type Node = TSESTree.Node;
type ObjectOfClass = Extract<Value, { kind: 'object-of-class' }>;

const MEMO = Symbol('implementations');
/** More classes than this are not read one by one. */
const MAX_CLASSES = 8;
/** An abstract class below an interface, and another below that. */
const MAX_DEPTH = 3;

/**
 * The classes of the project whose objects may be behind a type name, as seen from a file: the class
 * itself, or all that implement an interface or extend an abstract class, in this package and in those
 * of the workspace that it depends on. Classes of tests, and those that stand in for others, are none.
 * @returns empty where nothing is known: the type is a package's, or several types have its name
 */
export function implementationsOf(file: SourceFile, typeName: string): readonly ObjectOfClass[] {
  const memo = file.memo(MEMO, () => new Map<string, readonly ObjectOfClass[]>());
  let known = memo.get(typeName);
  if (known === undefined) memo.set(typeName, (known = find(file, typeName)));
  return known;
}

function find(file: SourceFile, typeName: string): readonly ObjectOfClass[] {
  const origin = originOfType(file, typeName);
  if (origin === null || !file.project.crossFile) return [];
  if (origin.is === 'local') return below(file, { file, node: origin.node, name: typeName }, 0);
  const module = file.project.importedModule(file.path, origin.specifier);
  if (module.is === 'package') return [];
  const places = file.project.typesNamed(file.path, origin.name).declaredIn;
  // Two types of one name: the import has to say which of them.
  const path = module.is === 'file' && places.includes(module.file.path) ? module.file.path : places.length === 1 ? places[0]! : null;
  const declaring = path === null ? null : file.project.file(path);
  const node = declaring?.program.body.map(declarationIn).find((declared) => declared?.id?.name === origin.name);
  return declaring === null || node == null ? [] : below(file, { file: declaring, node, name: origin.name }, 0);
}

interface Declared {
  readonly file: SourceFile;
  readonly node: Node;
  readonly name: string;
}

/** The class, or the classes below the type. */
function below(asking: SourceFile, { file, node, name }: Declared, depth: number): readonly ObjectOfClass[] {
  if (node.type === 'ClassDeclaration' && !node.abstract) return [{ kind: 'object-of-class', file, node, made: null }];
  if (depth >= MAX_DEPTH) return [];
  const paths = new Set([file.path, ...file.project.typesNamed(file.path, name).namedIn, ...asking.project.typesNamed(asking.path, name).namedIn]);
  const found = new Map<Node, ObjectOfClass>();
  for (const path of paths) {
    const candidate = path === file.path ? file : file.project.file(path);
    for (const statement of candidate?.program.body ?? []) {
      const declared = declarationIn(statement);
      if (declared?.type !== 'ClassDeclaration' || declared === node || !isMadeOn(declared, name) || !meansSame(candidate!, name, file)) continue;
      if (declared.id === null || STAND_IN.test(declared.id.name)) continue;
      for (const value of below(asking, { file: candidate!, node: declared, name: declared.id.name }, depth + 1)) found.set(value.node, value);
    }
  }
  return found.size > MAX_CLASSES ? [] : [...found.values()];
}

function isMadeOn(node: TSESTree.ClassDeclaration, name: string): boolean {
  const bases = [...(node.implements ?? []).map((one) => one.expression as Node), ...(node.superClass === null ? [] : [node.superClass as Node])];
  return bases.some((base) => {
    const inner = unwrap(base);
    return inner.type === 'Identifier' && inner.name === name;
  });
}

/** A file with a type of its own by this name means that one, and so does one that takes it out of a package. */
function meansSame(file: SourceFile, name: string, declaring: SourceFile): boolean {
  if (file === declaring || file.path === declaring.path) return true;
  const origin = originOfType(file, name);
  if (origin?.is !== 'imported') return false;
  const module = file.project.importedModule(file.path, origin.specifier);
  return module.is !== 'package' && !(module.is === 'file' && module.file.path !== declaring.path && module.file.program.body.some((statement) => declarationIn(statement)?.id?.name === name));
}
