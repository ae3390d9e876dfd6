import { createRequire } from 'node:module';
import type { InferOutput } from 'valibot';
import { createSchemas, type UserSchemas } from './user-schema.js';
import type { ClientModel, ClientShape, EditModel, ExportModel, ShapeMember } from './types.js';
import type { PolicyModel } from './policy-types.js';
import { describeIssue, type Issue } from './user-errors.js';
import { overrideFaults } from './user-overrides.js';
import { isRange } from './version-range.js';

export interface UserModels {
  readonly models: readonly ClientModel[];
  readonly policies: readonly PolicyModel[];
  /** One sentence a fault, each beginning with the path of the field. Nothing is usable while there are any. */
  readonly errors: readonly string[];
}

type ClientInput = InferOutput<UserSchemas['client']>;
type PolicyInput = InferOutput<UserSchemas['policy']>;
type Fault = (path: string, text: string) => void;

const ROOT = 'settings.resilience.models';
const require = createRequire(import.meta.url);
let schemas: UserSchemas | undefined;

// Loaded when somebody brings models: most projects bring none.
const loadSchemas = (): UserSchemas => (schemas ??= createSchemas(require('valibot') as typeof import('valibot')));

/**
 * Reads `settings.resilience.models`: a list of client and policy models, in JSON, or what a file of
 * models holds. What is bookkeeping in the shipped models may be left out. `createModelSet` merges the
 * result: a model takes the place of the shipped ones that it overrides.
 */
export function readUserModels(given: unknown): UserModels {
  const input = isRecord(given) && 'models' in given ? given['models'] : given;
  const outside = input === given ? [] : Object.keys(given as object).filter((key) => key !== 'models' && key !== '$schema');
  if (!Array.isArray(input) || outside.length > 0) {
    const what = outside.length > 0 ? outside.map((key) => `${ROOT}.${key}: unknown field (a file of models has \`models\` and \`$schema\`)`) : [`${ROOT}: expected a list of models, got ${nameOf(input)}`];
    return { models: [], policies: [], errors: what };
  }
  const models: ClientModel[] = [];
  const policies: PolicyModel[] = [];
  const errors: string[] = [];
  const firstOf = new Map<string, string>();
  input.forEach((entry: unknown, i) => {
    const path = `${ROOT}[${i}]`;
    const fault: Fault = (field, text) => void errors.push(`${path}${field}: ${text}`);
    const model = isPolicy(entry) ? readPolicy(entry, fault) : readClient(entry, fault);
    if (model === null) return;
    for (const [field, text] of overrideFaults(model, (entry as { readonly id?: string }).id !== undefined)) fault(field, text);
    const first = firstOf.get(model.id);
    if (first !== undefined) fault('.id', `"${model.id}" is the id of ${first} too; give each model its own`);
    else firstOf.set(model.id, path);
    if ('clients' in model) models.push(model);
    else policies.push(model);
  });
  return { models, policies, errors };
}

/** What somebody wrote in place of a list, and how a path is read, which is the likeliest. */
function nameOf(input: unknown): string {
  if (typeof input !== 'string') return input === null ? 'null' : typeof input;
  return `${JSON.stringify(input)} (a file is read in the configuration: JSON.parse(readFileSync(new URL(${JSON.stringify(input)}, import.meta.url), 'utf8')))`;
}

/** Policy exports say what they do, client exports what they are. */
function isPolicy(entry: unknown): boolean {
  const exports = isRecord(entry) ? entry['exports'] : null;
  return isRecord(exports) && Object.values(exports).some((found) => isRecord(found) && 'does' in found);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readClient(entry: unknown, fault: Fault): ClientModel | null {
  const { v, client } = loadSchemas();
  const result = v.safeParse(client, entry);
  if (!result.success) return refuse(result.issues, client, entry, fault);
  const input = result.output;
  const globals = Object.keys(input.globals ?? {});
  if (input.packages.length === 0 && globals.length === 0) {
    fault('.packages', 'expected the name of at least one package, or `globals`');
    return null;
  }
  const isTyped = Object.values(input.clients).some(({ types }) => types !== undefined);
  if (Object.keys(input.exports).length === 0 && globals.length === 0 && !isTyped) {
    fault('.exports', 'expected at least one export: what of the package makes a client or does I/O');
    return null;
  }
  const faults = checkClient(input);
  for (const [path, text] of faults) fault(path, text);
  return faults.length > 0 ? null : completeClient(input);
}

function readPolicy(entry: unknown, fault: Fault): PolicyModel | null {
  const { v, policy } = loadSchemas();
  const result = v.safeParse(policy, entry);
  if (!result.success) return refuse(result.issues, policy, entry, fault);
  const input = result.output;
  const faults = [...checkRange('.versions', input.versions), ...Object.entries(input.exports).flatMap(([name, found]) => checkRange(`.exports.${name}.versions`, found.versions))];
  for (const [path, text] of faults) fault(path, text);
  return faults.length > 0 ? null : completePolicy(input);
}

function refuse(issues: readonly Issue[], schema: unknown, entry: unknown, fault: Fault): null {
  for (const issue of issues) {
    const { path, text } = describeIssue(issue, schema, entry);
    fault(path, text);
  }
  return null;
}

type Faults = (readonly [path: string, text: string])[];

/** What a schema cannot say: names that must exist elsewhere in the model, and version ranges. */
function checkClient(input: ClientInput): Faults {
  const shapes = Object.keys(input.clients);
  const faults: Faults = checkRange('.versions', input.versions);
  const shape = (path: string, name: string): void => {
    if (!shapes.includes(name)) faults.push([path, `expected a key of \`clients\` (${shapes.join(', ') || 'which is empty'}), got "${name}"`]);
  };
  const exported = (path: string, found: ExportModel | ShapeMember): void => {
    if (found.is === 'client' || found.is === 'chain') shape(`${path}.client`, found.client);
    if (found.is === 'chain' && found.computed !== undefined) shape(`${path}.computed`, found.computed);
    if (found.is === 'class' || found.is === 'factory') shape(`${path}.makes`, found.makes);
    if (found.is === 'class' && found.statics !== undefined) shape(`${path}.statics`, found.statics);
  };
  for (const place of ['exports', 'globals'] as const) {
    for (const [name, found] of Object.entries(input[place] ?? {})) exported(`.${place}.${name}`, found as ExportModel);
  }
  for (const [name, client] of Object.entries(input.clients)) {
    if (Object.keys(client.operations).length === 0 && client.members === undefined && client.awaited === undefined) faults.push([`.clients.${name}.operations`, 'expected at least one operation']);
    for (const [path, { gives, hands }] of Object.entries(client.operations)) {
      if (gives !== undefined) shape(`.clients.${name}.operations.${path}.gives`, gives);
      if (hands !== undefined) shape(`.clients.${name}.operations.${path}.hands.client`, hands.client);
    }
    for (const [member, found] of Object.entries(client.members ?? {})) exported(`.clients.${name}.members.${member}`, found as ShapeMember);
  }
  input.bounds.forEach((bound, i) => {
    faults.push(...checkRange(`.bounds[${i}].versions`, bound.versions), ...checkSource(`.bounds[${i}].source`, bound.source, input.sources));
    bound.clients?.forEach((name, j) => shape(`.bounds[${i}].clients[${j}]`, name));
    if (bound.fixed === true && bound.default === null) faults.push([`.bounds[${i}].default`, 'expected the limit that holds by itself']);
  });
  input.edits?.forEach((edit, i) => {
    faults.push(...checkRange(`.edits[${i}].versions`, edit.versions));
    if (edit.path === '' && edit.chain === undefined) faults.push([`.edits[${i}].path`, 'expected the option to write, or `chain`']);
    edit.clients?.forEach((name, j) => shape(`.edits[${i}].clients[${j}]`, name));
  });
  for (const name of Object.keys(input.keyWalk ?? {})) shape(`.keyWalk.${name}`, name);
  input.mutators?.forEach((mutator, i) => {
    if (mutator.onClient !== undefined) shape(`.mutators[${i}].onClient`, mutator.onClient);
  });
  return faults;
}

function checkRange(path: string, range: string | undefined): Faults {
  return range === undefined || isRange(range) ? [] : [[path, `expected a version range such as ">=2 <3", got "${range}"`]];
}

function checkSource(path: string, source: string, sources: Readonly<Record<string, string>> | undefined): Faults {
  const names = Object.keys(sources ?? {});
  return source === 'user' || names.includes(source) ? [] : [[path, `expected a key of \`sources\` (${names.join(', ') || 'which is empty'}), got "${source}"`]];
}

function completeClient(input: ClientInput): ClientModel {
  const id = input.id ?? input.packages[0] ?? Object.keys(input.globals ?? {})[0]!;
  const title = input.title ?? id;
  const bounds = input.bounds.map((bound) => (bound.fixed === true ? { ...bound, at: ['client' as const] } : bound));
  const takesPerCall = bounds.some((bound) => bound.at.includes('call')) || input.signal?.at.includes('call') === true;
  const clients: Record<string, ClientShape> = {};
  for (const [name, shape] of Object.entries(input.clients)) {
    clients[name] = { ...shape, title: shape.title ?? `${title} ${name}`, perCall: shape.perCall ?? takesPerCall } as ClientShape;
  }
  const option = bounds.find((bound) => bound.rejects !== false && bound.fixed !== true)?.path ?? input.signal?.path;
  return {
    ...input,
    id,
    title,
    clients,
    bounds,
    sources: { user: ROOT, ...input.sources },
    edits: input.edits ?? editsFrom(input),
    unbounded: input.unbounded ?? `is not bounded in time: ${title} sets no limit that the model knows of`,
    mend: input.mend ?? (option === undefined ? 'bound the call in time' : `set \`${option}\``),
  } as ClientModel;
}

/** How the first option that ends a wait is written, where the model does not say: at each place that takes it. */
function editsFrom(input: ClientInput): readonly EditModel[] {
  const bound = input.bounds.find(({ fixed, rejects, covers, unit, path }) => fixed !== true && rejects !== false && covers !== 'connect' && covers !== 'queue' && unit !== 's' && !path.startsWith('.'));
  if (bound !== undefined) return bound.at.map((at) => ({ at, path: bound.path, value: bound.unit === 'epoch-ms' ? 'deadline' : 'ms', ...(bound.clients === undefined ? {} : { clients: bound.clients }) }));
  const { signal } = input;
  // A timer that is given to a client starts once, and then ends every later call.
  return signal?.at.includes('call') === true && signal.bounds !== false ? [{ at: 'call', path: signal.path, value: 'signal' }] : [];
}

function completePolicy(input: PolicyInput): PolicyModel {
  const id = input.id ?? input.packages[0]!;
  return { ...input, id, title: input.title ?? id, sources: { user: ROOT, ...input.sources } } as PolicyModel;
}
