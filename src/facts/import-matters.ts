import { dirname } from 'node:path';
import { clientsPromised } from '../analysis/contextual-type.js';
import { moduleExport, presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { splitSpecifier } from '../analysis/source-file.js';
import type { ProjectPort } from '../analysis/source-file.js';
import type { Value } from '../analysis/value.js';
import type { ClientKind, ClientModel } from '../models/types.js';
import { GenerationMemo } from '../project/memo.js';
import { forwardsOptions } from './time-bounds.js';

const MEMO = Symbol('exports that matter');
const EVERYTHING = '*';

/** The kinds of client that are asked for, and the words without which a file uses none of them. */
export interface Asked {
  readonly kinds: ReadonlySet<ClientKind>;
  readonly words: RegExp;
}

/**
 * Can what a file imports be a client, or a function whose calls have to be judged? Decided once an
 * export, so that the many files which import a logger beside a client cost nothing.
 * @param name the imported name; `*` for the whole module
 * @param asked absent: clients of all kinds, and policies
 */
export function importMatters(port: ProjectPort, from: string, specifier: string, name: string, asked?: Asked): boolean {
  let memos = byPort.get(port);
  if (memos === undefined) byPort.set(port, (memos = new Map()));
  let memo = memos.get(asked);
  if (memo === undefined) memos.set(asked, (memo = new GenerationMemo()));
  return memo.get(`${dirname(from)}\0${specifier}\0${name}`, () => decide(port, from, specifier, name, asked));
}

const byPort = new WeakMap<ProjectPort, Map<Asked | undefined, GenerationMemo<boolean>>>();

/** The same by text alone, for all that a module gives: errs on the side of yes. */
export function mayLead(port: ProjectPort, from: string, specifier: string, asked?: Asked): boolean {
  return isModelled(port, specifier, asked) || port.mayLeadToClient(from, specifier, asked?.words);
}

function isModelled(port: ProjectPort, specifier: string, asked: Asked | undefined): boolean {
  const { name } = splitSpecifier(specifier);
  return port.models.clients(name).some((model) => isAsked(model, asked)) || (asked === undefined && port.models.policies(name).length > 0);
}

function decide(port: ProjectPort, from: string, specifier: string, name: string, asked: Asked | undefined): boolean {
  if (isModelled(port, specifier, asked)) return true;
  if (!port.mayLeadToClient(from, specifier, asked?.words)) return false;
  const module = port.importedModule(from, specifier);
  if (module.is !== 'file') return false;
  if (name === EVERYTHING) return true;
  return exportMatters(module.file, name, asked);
}

function isAsked(model: ClientModel, asked: Asked | undefined): boolean {
  return asked === undefined || asked.kinds.has(model.kind);
}

function exportMatters(file: SourceFile, name: string, asked: Asked | undefined): boolean {
  const memos = file.memo(MEMO, () => new Map<Asked | undefined, Map<string, boolean>>());
  let memo = memos.get(asked);
  if (memo === undefined) memos.set(asked, (memo = new Map()));
  const known = memo.get(name);
  if (known !== undefined) return known;
  // Files that import each other: what is being decided decides nothing.
  memo.set(name, false);
  const matters = presentAlternatives(moduleExport(file, name)).some((value) => valueMatters(value, 0, asked));
  memo.set(name, matters);
  return matters;
}

function valueMatters(value: Value, depth: number, asked: Asked | undefined): boolean {
  switch (value.kind) {
    case 'instance':
    case 'operation':
    case 'model-export':
      return isAsked(value.model, asked);
    case 'instance-member':
      return isAsked(value.instance.model, asked);
    case 'class':
    case 'object-of-class':
    case 'module':
      return true;
    case 'function':
      return forwardsOptions(value.file, value.node, asked?.kinds) || clientsPromised(value.file, value.node).some(({ model }) => isAsked(model, asked));
    case 'object':
      return depth < 2 && [...value.entries.values()].some((entry) => presentAlternatives(entry.value()).some((inner) => valueMatters(inner, depth + 1, asked)));
    case 'export':
      return value.path.length === 0;
    default:
      return false;
  }
}
