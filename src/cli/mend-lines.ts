import { propertyText } from '../mends/write-options.js';
import { numberText } from '../mends/number-text.js';
import type { ArgumentRef, ClientModel, ConstructModel, EditModel, OperationModel } from '../models/types.js';
import { holdsFor } from '../models/version-range.js';

/** A mend as code to paste. */
export interface MendLine {
  /** `client`: holds for every call of it; `call`: for one. */
  readonly at: EditModel['at'];
  readonly code: string;
  /** What the code needs to be imported; `null` for a global, and for a client that the code itself has made. */
  readonly import: string | null;
}

/** The limit in the lines, as the rule suggests it. */
const LIMIT_MS = 10_000;

/** How the first bound that a model can write looks where a client is made, and in a call. */
export function mendLines(model: ClientModel, packageName: string, version: string | null): readonly MendLine[] {
  const lines: MendLine[] = [];
  for (const at of ['client', 'call'] as const) {
    for (const edit of model.edits ?? []) {
      if (edit.at !== at || (edit.versions !== undefined && !holdsFor(version, edit.versions))) continue;
      const line = at === 'client' ? constructionLine(model, packageName, edit) : callLine(model, packageName, edit);
      if (line === null) continue;
      lines.push(line);
      break;
    }
  }
  return lines;
}

function constructionLine(model: ClientModel, packageName: string, edit: EditModel): MendLine | null {
  for (const [path, made] of Object.entries(model.exports)) {
    if ((made.is !== 'class' && made.is !== 'factory') || made.from !== undefined || !takes(edit, made.makes)) continue;
    const named = nameOf(model, path, packageName, made.is === 'class');
    const line = named === null ? null : written(`${made.is === 'class' ? 'new ' : ''}${named.code}`, made.options, edit, (i) => placeIn(model, made, i));
    if (line !== null) return { at: 'client', code: line, import: named!.import };
  }
  for (const [path, client] of Object.entries(model.exports)) {
    if (client.is !== 'client') continue;
    for (const [member, made] of Object.entries(model.clients[client.client]?.members ?? {})) {
      if (made.is !== 'factory' || member.includes('*') || !takes(edit, made.makes)) continue;
      const named = nameOf(model, path, packageName, false);
      const line = named === null ? null : written(`${named.code}.${member}`, made.options, edit, (i) => placeIn(model, made, i));
      if (line !== null) return { at: 'client', code: line, import: named!.import };
    }
  }
  return null;
}

const takes = (edit: EditModel, client: string): boolean => edit.clients === undefined || edit.clients.includes(client);

/** What stands in front of the options of a client: mostly an address, of a vendor's client a key. */
function placeIn(model: ClientModel, made: ConstructModel, index: number): string {
  if (made.url?.argument !== undefined && made.url.argument.at !== 'last' && made.url.argument.at.includes(index)) return 'url';
  return index > 0 ? 'argument' : model.kind === 'sdk' ? 'key' : 'url';
}

interface Candidate {
  readonly callee: string;
  readonly import: string | null;
  readonly operation: OperationModel;
}

function callLine(model: ClientModel, packageName: string, edit: EditModel): MendLine | null {
  const candidates: Candidate[] = [];
  for (const [name, entry] of Object.entries(model.globals ?? {})) if (entry.is === 'operation') candidates.push({ callee: name, import: null, operation: entry });
  for (const [path, entry] of Object.entries(model.exports)) {
    const named = entry.is === 'operation' || entry.is === 'client' ? nameOf(model, path, packageName, false) : null;
    if (named === null) continue;
    if (entry.is === 'operation') candidates.push({ callee: named.code, import: named.import, operation: entry });
    if (entry.is === 'client' && takes(edit, entry.client)) candidates.push(...operationsOf(model, entry.client, named.code, named.import));
  }
  for (const client of Object.keys(model.clients)) if (takes(edit, client)) candidates.push(...operationsOf(model, client, IDENTIFIER.test(client) ? client.replace(/^[A-Z]/, (letter) => letter.toLowerCase()) : 'client', null));
  const rank = ({ operation, callee }: Candidate): number => (operation.effect === 'read' || operation.byCommand !== undefined ? 0 : 1) + (callee.includes('.') ? 0 : 0.5);
  for (const { callee, import: needed, operation } of [...candidates].sort((a, b) => rank(a) - rank(b))) {
    if (edit.chain !== undefined) return { at: 'call', code: `${callee}(url).${edit.chain}(${numberText(LIMIT_MS)})`, import: needed };
    if (operation.noEdit === true || operation.effect === 'none') continue;
    const code = written(callee, operation.options, edit, (i) => placeOf(model, operation, i));
    if (code !== null) return { at: 'call', code, import: needed };
  }
  return null;
}

const MOST_BEFORE = 2;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

function operationsOf(model: ClientModel, client: string, receiver: string, needed: string | null): readonly Candidate[] {
  return Object.entries(model.clients[client]?.operations ?? {})
    .filter(([path]) => !path.includes('*'))
    .map(([path, operation]) => ({ callee: path === '' ? receiver : `${receiver}.${path}`, import: needed, operation }));
}

/** What stands in front of the options, by what is known of it. */
function placeOf(model: ClientModel, operation: OperationModel, index: number): string {
  const isAt = (ref: ArgumentRef | undefined): boolean => ref !== undefined && ref.at !== 'last' && ref.at.includes(index);
  if (isAt(operation.url)) return 'url';
  if (isAt(operation.byCommand?.argument)) return 'command';
  if (operation.cache !== undefined && (operation.cache.key === undefined ? index === 0 : isAt(operation.cache.key))) return 'key';
  if (operation.effect === 'by-sql' && index === 0) return 'sql';
  if (index > 0) return 'body';
  return model.kind === 'http' ? 'url' : 'request';
}

/** `callee(url, { timeout: 10_000 })`; `null` where it is not known which argument the options are. */
function written(callee: string, options: ArgumentRef | undefined, edit: EditModel, place: (index: number) => string): string | null {
  if (edit.chain !== undefined) return `${callee}().${edit.chain}(${numberText(LIMIT_MS)})`;
  if (options === undefined || options.factory !== undefined) return null;
  const index = options.at === 'last' ? (options.after ?? 0) : options.at[0];
  if (index === undefined) return null;
  // So many are nobody's way to call it.
  if (index > MOST_BEFORE) return null;
  const before = Array.from({ length: index }, (_, i) => place(i));
  const below = options.path === undefined ? [] : options.path.split('.');
  const beside = [edit.beside ?? []].flat().map(({ path, text }) => ({ path: [...below, ...path.split('.')], text: text.replace('{ms}', numberText(LIMIT_MS)).replace('{half}', numberText(LIMIT_MS / 2)) }));
  const writes = [{ path: [...below, ...edit.path.split('.')], text: valueOf(edit) }, ...beside];
  return `${callee}(${[...before, `{ ${propertyText(writes.map((write) => ({ ...write, role: 'main' as const })))} }`].join(', ')})`;
}

function valueOf({ value }: EditModel): string {
  const ms = numberText(LIMIT_MS);
  return value === 'signal' ? `AbortSignal.timeout(${ms})` : value === 'deadline' ? `Date.now() + ${ms}` : ms;
}

/** How a path of exports is written: `Redis`, `axios.create`; `null` where no name can be told. */
function nameOf(model: ClientModel, path: string, packageName: string, isClass: boolean): { readonly code: string; readonly import: string } | null {
  const [first, ...rest] = path.split('.');
  if (first === undefined || rest.some((step) => step.includes('*'))) return null;
  const name = first === 'default' ? (isClass && rest.length === 0 ? (aliasOf(model) ?? pascal(packageName)) : camel(packageName)) : first.includes('*') ? filled(model, first, packageName) : first;
  if (name === null) return null;
  return { code: [name, ...rest].join('.'), import: first === 'default' ? `import ${name} from '${packageName}';` : `import { ${name} } from '${packageName}';` };
}

/** The name under which a class that is the default is exported as well: `Redis`. */
function aliasOf({ exports }: ClientModel): string | null {
  const whole = exports['default'];
  if (whole?.is !== 'class') return null;
  return Object.entries(exports).find(([name, entry]) => name !== 'default' && IDENTIFIER.test(name) && entry.is === 'class' && entry.makes === whole.makes)?.[0] ?? null;
}

/** `*Client` of `@aws-sdk/client-sqs`: the package's name in the place of the star, spelt as another export spells it. */
function filled(model: ClientModel, pattern: string, packageName: string): string | null {
  const known = model.packages.find((entry) => entry.endsWith('*') && packageName.startsWith(entry.slice(0, -1)));
  const rest = known === undefined ? packageName.split('/').at(-1)!.split('-').slice(1).join('-') : packageName.slice(known.length - 1);
  if (rest === '') return null;
  const spelt = Object.keys(model.exports).find((name) => name.toLowerCase() === rest.replaceAll('-', '').toLowerCase());
  return pattern.replace('*', spelt ?? pascal(rest));
}

const camel = (name: string): string => {
  const [first = '', ...rest] = name.replace(/^@[^/]*\//, '').split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
  return first + rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
};
const pascal = (name: string): string => camel(name).replace(/^./, (letter) => letter.toUpperCase());
