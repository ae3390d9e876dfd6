import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import type { SourceFile } from '../analysis/source-file.js';
import { substitute } from '../analysis/substitute.js';
import { alternatives, type FunctionNode, type Value } from '../analysis/value.js';
import { packageOfFile } from './workspace.js';

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** A `new X(…)` of a project class. */
export interface ConstructionSite {
  readonly file: SourceFile;
  readonly node: TSESTree.NewExpression;
}

const MEMO = Symbol('construction-sites');
/** Each class asks for a pass over the package's texts: a limit a package, since code may have thousands. */
const MAX_CLASSES = 60;
const asked = new WeakMap<object, Map<string, number>>();

/**
 * Where a package makes objects of a class: in this file and, with cross-file on, in the files of the
 * package that name the construction.
 */
function constructionSites(file: SourceFile, node: ClassNode): readonly ConstructionSite[] {
  const memo = file.memo(MEMO, () => new WeakMap<ClassNode, readonly ConstructionSite[]>());
  let sites = memo.get(node);
  if (sites === undefined) memo.set(node, (sites = find(file, node)));
  return sites;
}

function find(file: SourceFile, node: ClassNode): readonly ConstructionSite[] {
  const name = node.id?.name;
  if (name === undefined) return [];
  const counts = asked.get(file.project) ?? new Map<string, number>();
  const directory = packageOfFile(file.path)?.directory ?? '';
  const count = counts.get(directory) ?? 0;
  const needle = `new ${name}(`;
  const files = [file];
  if (file.project.crossFile && count < MAX_CLASSES) {
    asked.set(file.project, counts.set(directory, count + 1));
    files.push(...file.project.filesContaining(file.path, [needle]).filter((other) => other.path !== file.path));
  }
  const sites: ConstructionSite[] = [];
  for (const candidate of files) {
    if (!candidate.text.includes(needle)) continue;
    for (const call of candidate.index.calls) {
      if (call.type !== 'NewExpression') continue;
      const made = alternatives(evaluate(candidate, call.callee)).some((value) => value.kind === 'class' && value.file.path === file.path && value.node.range[0] === node.range[0]);
      if (made) sites.push({ file: candidate, node: call });
    }
  }
  return sites;
}

/** The class whose constructor this function is. */
export function classOfConstructor(node: FunctionNode): ClassNode | null {
  const method = node.parent;
  if (method?.type !== 'MethodDefinition' || method.kind !== 'constructor') return null;
  return (method.parent.parent as ClassNode | undefined) ?? null;
}

/**
 * What a value that comes from a constructor's parameter is at each construction of its class.
 * @returns `null` when the value comes from no constructor, or nobody in the package constructs it
 */
export function atConstructions(file: SourceFile, value: Value, owner: FunctionNode): readonly Value[] | null {
  const node = classOfConstructor(owner);
  if (node === null) return null;
  const sites = constructionSites(file, node);
  return sites.length === 0 ? null : sites.map((site) => substitute(value, owner, site.node.arguments, site.file));
}
