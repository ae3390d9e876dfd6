/** The types that each client shape of a model stands for: reached from the exports, as code reaches them. */
import { both, none, of } from './types.mjs';

/** Enough to see the dialects of a query builder, few enough to end; of one declaration, two with other type arguments. */
const MOST_TYPES = 24;
const MOST_OF_ONE = 2;

/**
 * @returns `{ shapes, constructs }`: by shape `{ types, open }`; and every place where options of a client are taken:
 * `{ makes, at, signatures, options, from, types }`
 */
export function reach(model, api, walk, note) {
  const shapes = new Map(Object.keys(model.clients).map((name) => [name, none()]));
  const constructs = [];
  const queue = [];
  const add = (name, found) => {
    const shape = shapes.get(name);
    if (shape === undefined) return;
    if (found.open) shape.open = true;
    const fresh = [];
    for (const type of found.types) {
      if (shape.types.length >= MOST_TYPES || shape.types.includes(type) || !isObject(type)) continue;
      if (shape.types.filter((other) => declarationOf(other) === declarationOf(type)).length >= MOST_OF_ONE) continue;
      shape.types.push(type);
      fresh.push(type);
    }
    if (fresh.length > 0) queue.push([name, of(...fresh)]);
  };
  const made = (at, entry, value, kind) => {
    const signatures = kind === 'class' ? walk.constructs(value) : orElse(walk.calls(value), walk.constructs(value));
    const results = walk.results(signatures);
    if (value.open && value.types.length === 0) results.open = true;
    constructs.push({ makes: entry.makes, at, signatures, options: entry.options, more: entry.more, from: entry.from, url: entry.url, results, open: value.open });
    add(entry.makes, results);
    if (entry.statics !== undefined) add(entry.statics, value);
    return signatures;
  };

  for (const [path, entry] of Object.entries({ ...model.exports, ...model.globals })) {
    const value = api.values(path);
    const there = note.judge(`export ${path}`, value);
    if (entry.is === 'client') add(entry.client, value);
    else if (entry.is === 'class' || entry.is === 'factory') {
      const signatures = made(`export ${path}`, entry, value, entry.is);
      if (there && signatures.length === 0) note.refuse(`export ${path}`, entry.is === 'class' ? 'cannot be constructed' : 'cannot be called');
    } else if (entry.is === 'operation' && there && walk.calls(value).length === 0) note.refuse(`export ${path}`, 'cannot be called');
  }
  for (const [name, shape] of Object.entries(model.clients)) {
    for (const type of shape.types ?? []) {
      const named = api.named(type);
      note.judge(`type ${type}`, named);
      add(name, named);
    }
    for (const { call, options, opaque, package: other } of shape.registrations ?? []) {
      if (other !== undefined) note.put(`registration ${call}`, 'skipped', `stands in ${other}`);
      else {
        const value = api.values(call);
        note.judge(`registration ${call}`, value);
        if (opaque !== true) constructs.push({ makes: name, at: `registration ${call}`, signatures: walk.calls(value), options, results: none(), open: value.open });
      }
    }
  }
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) follow(...next);
  return { shapes, constructs };

  function follow(name, from) {
    const shape = model.clients[name];
    for (const [path, member] of Object.entries(shape.members ?? {})) {
      const value = path === '' ? from : below(walk, shape, from, path);
      if (member.is === 'client') add(member.client, value);
      else if (member.is === 'factory') made(`member ${name}.${path}`, member, value, 'factory');
      else {
        const results = walk.results(walk.calls(value));
        add(member.client, results);
        if (member.computed !== undefined) add(member.computed, results);
      }
    }
    for (const [path, operation] of Object.entries(shape.operations)) {
      if (operation.collected === true) add(name, walk.results(walk.calls(walk.path(from, path))));
      if (operation.hands === undefined) continue;
      const handed = walk.argument(walk.calls(below(walk, shape, from, path)), { at: [operation.hands.argument] });
      const first = walk.argument(walk.calls(handed), { at: [0] });
      add(operation.hands.client, { types: first.types, open: handed.open || first.open });
    }
  }

  function isObject(type) {
    return walk.calls(of(type)).length > 0 || walk.constructs(of(type)).length > 0 || walk.ownNames(type).length > 0 || walk.hasIndex(type) ? !isPrimitive(type) : false;
  }
}

const declarationOf = (type) => type.aliasSymbol ?? type.symbol ?? (type.isIntersection() ? declarationOf(type.types[0]) : type);

const PRIMITIVE = /^(?:string|number|boolean|bigint|symbol|true|false)$/;
const isPrimitive = (type) => type.isLiteral?.() === true || PRIMITIVE.test(type.intrinsicName ?? '');

const orElse = (one, other) => (one.length > 0 ? one : other);

/** A member by path; `*` catches what has no entry of its own. */
export function below(walk, shape, from, path) {
  if (path !== '*') return walk.path(from, path);
  const told = new Set([...Object.keys(shape.operations), ...Object.keys(shape.members ?? {}), ...(shape.harmless ?? [])]);
  const each = from.types.flatMap((type) => walk.parts(type)).flatMap((type) =>
    walk.isSilent(type) ? [{ types: [], open: true }] : walk.ownNames(type).filter((name) => !told.has(name)).map((name) => walk.step(of(type), name)),
  );
  const found = both(...each);
  // An index of any name is what `*` means.
  return found.types.length > 0 ? found : walk.path(from, path);
}
