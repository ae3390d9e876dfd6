import type { ClientModel, ExportModel } from '../models/types.js';
import type { PolicyModel } from '../models/policy-types.js';
import { findByPath } from '../models/lookup.js';
import { inRange, newestFirst } from '../models/version-range.js';
import { operationOf } from './operation.js';
import type { SourceFile } from './source-file.js';
import { packageVersion } from './package-version.js';
import { type InstanceValue, type Value } from './value.js';

/** The model that an import was matched by, and the package that was imported. */
type Origin = Pick<InstanceValue, 'model' | 'packageName'>;

/** What an export of a package is, by the models; a plain `export` value where no model knows it. */
export function exportValue(file: SourceFile, packageName: string, path: readonly string[]): Value {
  const models = file.project.models;
  for (const model of applicable(file, packageName, models.clients(packageName))) {
    const found = findExport(model.exports, path);
    if (found !== null) return fromModel({ model, packageName }, found.export, found.path, file);
  }
  for (const model of applicable(file, packageName, models.policies(packageName))) {
    const found = findExport(model.exports, path);
    if (found !== null) return { kind: 'policy-export', model, path: found.path, from: file };
  }
  return memberOfDefault(file, packageName, path) ?? { kind: 'export', package: packageName, path, from: file };
}

/** What an export is as a policy, where it is a client too: a queue of BullMQ talks to Redis, and runs failed jobs again. */
export function policyBeside({ packageName, path, from }: Extract<Value, { kind: 'model-export' }>): Extract<Value, { kind: 'policy-export' }> | null {
  if (packageName === null) return null;
  for (const model of applicable(from, packageName, from.project.models.policies(packageName))) {
    const found = findExport(model.exports, path.split('.'));
    if (found !== null) return { kind: 'policy-export', model, path: found.path, from };
  }
  return null;
}

/** `require('axios').get`: CommonJS hands the default client out as the module itself. */
function memberOfDefault(file: SourceFile, packageName: string, path: readonly string[]): Value | null {
  if (path.length === 0 || path[0] === 'default') return null;
  for (const model of applicable(file, packageName, file.project.models.clients(packageName))) {
    const whole = model.exports['default'];
    if (whole?.is !== 'client') continue;
    const member: Value = { kind: 'instance-member', instance: clientOf({ model, packageName }, whole.client, file), path };
    if (operationOf(member) !== null) return member;
  }
  return null;
}

/** A path below an export that a model knows: `HttpModule` -> `HttpModule.register`. */
export function exportBelow(value: Extract<Value, { kind: 'model-export' }>, name: string): Value | null {
  const found = findExport(value.model.exports, [...value.path.split('.'), name]);
  return found === null ? null : fromModel(value, found.export, found.path, value.from);
}

/** A global that a model knows: `fetch`. */
export function globalExport(file: SourceFile, name: string): Value | null {
  const model = file.project.models.global(name)[0];
  const found = model?.globals?.[name];
  return model === undefined || found === undefined ? null : fromModel({ model, packageName: null }, found, name, file);
}

function fromModel(origin: Origin, found: ExportModel, path: string, from: SourceFile): Value {
  const { model, packageName } = origin;
  if (found.is === 'client') return clientOf(origin, found.client, from);
  if (found.is === 'operation') return { kind: 'operation', model, packageName, operation: found, name: operationName(origin, path), instance: null, from };
  return { kind: 'model-export', model, packageName, export: found, path, from };
}

/** A client that the library itself makes: the default axios instance. */
export function clientOf({ model, packageName }: Origin, client: string, from: SourceFile): InstanceValue {
  return { kind: 'instance', model, packageName, client, layers: [], made: null, optionsUnknown: null, from };
}

function operationName({ model, packageName }: Origin, path: string): string {
  const own = path.startsWith('default.') ? path.slice('default.'.length) : path;
  // A model of several packages is named after one of them.
  const title = packageName !== null && model.packages.includes(model.title) ? packageName : model.title;
  return own === 'default' ? title : packageName === null || own === title ? own : `${title} ${own}`;
}

/** The models that hold for the version in use; all that could where none is known, newest first. */
export function applicable<Model extends ClientModel | PolicyModel>(file: SourceFile, packageName: string, models: readonly Model[]): readonly Model[] {
  if (models.length === 0 || (models.length === 1 && models[0]!.versions === undefined)) return models;
  const { version } = packageVersion(file, packageName);
  if (version === null) return newestFirst(models);
  return models.filter((model) => model.versions === undefined || inRange(version, model.versions));
}

/**
 * Looks a path of exports up. `default` may be missing or superfluous: CommonJS hands out the same
 * object as the namespace and as the default.
 */
function findExport<Entry>(exports: Readonly<Record<string, Entry>>, path: readonly string[]): { export: Entry; path: string } | null {
  const candidates = [path.join('.')];
  if (path[0] === 'default') candidates.push(path.slice(1).join('.'));
  else candidates.push(['default', ...path].join('.'));
  if (path[0] === 'default' && path[1] === 'default') candidates.push(path.slice(2).join('.'));
  for (const candidate of candidates) {
    if (Object.hasOwn(exports, candidate)) return { export: exports[candidate]!, path: candidate };
  }
  const bare = path[0] === 'default' ? path.slice(1) : path;
  if (bare.length === 0) return null;
  const byPattern = findByPath(exports, bare.join('.'));
  return byPattern === undefined ? null : { export: byPattern, path: bare.join('.') };
}
