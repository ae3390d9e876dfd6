import { dirname } from 'node:path';
import { moduleExport, presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { splitSpecifier } from '../analysis/source-file.js';
import type { ProjectPort } from '../analysis/source-file.js';
import type { Value } from '../analysis/value.js';
import { GenerationMemo } from '../project/memo.js';
import { forwardsOptions } from './time-bounds.js';

const MEMO = Symbol('exports that matter');
const EVERYTHING = '*';

/**
 * Can what a file imports be a client, or a function whose calls have to be judged? Decided once an
 * export, so that the many files which import a logger beside a client cost nothing.
 * @param name the imported name; `*` for the whole module
 */
export function importMatters(port: ProjectPort, from: string, specifier: string, name: string): boolean {
  let memo = byPort.get(port);
  if (memo === undefined) byPort.set(port, (memo = new GenerationMemo()));
  return memo.get(`${dirname(from)}\0${specifier}\0${name}`, () => decide(port, from, specifier, name));
}

const byPort = new WeakMap<ProjectPort, GenerationMemo<boolean>>();

function decide(port: ProjectPort, from: string, specifier: string, name: string): boolean {
  const { name: packageName } = splitSpecifier(specifier);
  if (port.models.clients(packageName).length > 0 || port.models.policies(packageName).length > 0) return true;
  if (!port.mayLeadToClient(from, specifier)) return false;
  const module = port.importedModule(from, specifier);
  if (module.is !== 'file') return false;
  if (name === EVERYTHING) return true;
  return exportMatters(module.file, name);
}

function exportMatters(file: SourceFile, name: string): boolean {
  const memo = file.memo(MEMO, () => new Map<string, boolean>());
  const known = memo.get(name);
  if (known !== undefined) return known;
  // Files that import each other: what is being decided decides nothing.
  memo.set(name, false);
  const matters = presentAlternatives(moduleExport(file, name)).some((value) => valueMatters(value, 0));
  memo.set(name, matters);
  return matters;
}

function valueMatters(value: Value, depth: number): boolean {
  switch (value.kind) {
    case 'instance':
    case 'instance-member':
    case 'operation':
    case 'model-export':
    case 'class':
    case 'object-of-class':
    case 'module':
      return true;
    case 'function':
      return forwardsOptions(value.file, value.node);
    case 'object':
      return depth < 2 && [...value.entries.values()].some((entry) => presentAlternatives(entry.value()).some((inner) => valueMatters(inner, depth + 1)));
    case 'export':
      return value.path.length === 0;
    default:
      return false;
  }
}
