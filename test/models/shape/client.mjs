/** Holds a client model against the declarations of one version. */
import { exportsOf } from './exports.mjs';
import { findings } from './findings.mjs';
import { optionPaths } from './options.mjs';
import { below, reach } from './shapes.mjs';
import { both, none, walker } from './types.mjs';
import { holdsAt } from './versions.mjs';

export function checkClient(model, declared, version) {
  const note = findings();
  const walk = walker(declared.checker);
  const api = exportsOf(declared, walk);
  if (api.isUntyped) {
    note.put('export *', 'untyped', 'no declarations');
    return note.rows();
  }
  const reached = reach(model, api, walk, note);
  const options = optionPaths(model, api, walk, reached, note, version);
  const context = { model, api, walk, note, version, options, ...reached };
  checkShapes(context);
  checkPositions(context);
  checkOptions(context);
  checkRetry(context);
  checkSeam(context);
  checkLoans(context);
  for (const { by, path, onClient, versions } of model.mutators ?? []) {
    if (!holdsAt(version, versions)) continue;
    const from = onClient === undefined ? null : reached.shapes.get(onClient);
    note.judge(`mutator ${by} ${onClient === undefined ? '' : `${onClient}.`}${path}`, from === null ? globalOr(api, path) : walk.path(from, path));
  }
  return note.rows();
}

/** `globalThis.fetch` is the global. */
const globalOr = (api, path) => api.values(path.replace(/^(?:globalThis|global|window|self)\./, ''));

function checkShapes({ model, walk, note, shapes, options, constructs }) {
  for (const [name, shape] of Object.entries(model.clients)) {
    const types = shapes.get(name);
    if (types.types.length === 0) {
      note.put(`shape ${name}`, types.open ? 'untyped' : constructs.some(({ makes, signatures }) => makes === name && signatures.length > 0) ? 'absent' : 'unreached', types.open ? undefined : 'nothing leads to it');
      continue;
    }
    note.put(`shape ${name}`, 'found');
    for (const [path, member] of Object.entries(shape.members ?? {})) {
      const value = path === '' ? types : below(walk, shape, types, path);
      const there = note.judge(`member ${name}.${path}`, member.is === 'client' || value.types.length === 0 ? value : callable(walk, value));
      if (there && member.is === 'factory' && member.options !== undefined) positions(note, walk, `member ${name}.${path}`, [...walk.calls(value), ...walk.constructs(value)], member.options, 'options');
    }
    // The last step of a path: `webhooks.constructEvent` is meant too.
    for (const path of shape.harmless ?? []) note.judge(`harmless ${name}.${path}`, anywhereBelow(walk, types, path));
    if (shape.awaited !== undefined) note.judge(`awaited ${name}`, callable(walk, walk.step(types, 'then')), 'cannot be awaited');
  }
  for (const { shape, path, operation, signatures, open } of options.operations) {
    if (shape === null || shapes.get(shape).types.length === 0) continue;
    const at = `${shape}.${path}`;
    if (signatures.length > 0) note.put(`operation ${at}`, 'found');
    else note.put(`operation ${at}`, open ? 'untyped' : 'absent');
    for (const { method, path: inside, endsBy, before, argument } of operation.chained ?? []) {
      if (signatures.length === 0) continue;
      if (before === true) {
        judgeStep({ model, walk, note, shapes }, shape, method, argument ?? 0, inside);
        continue;
      }
      const results = walk.results(signatures);
      note.judge(`chained ${method}${inside === '' ? '' : ` ${inside}`}`, options.find(`.${method}()${inside === '' ? '' : `.${inside}`}`, 'call', [shape]));
      if (endsBy !== undefined) note.judge(`chained ${endsBy}`, callable(walk, walk.step(results, endsBy)));
    }
  }
}

/** A step before the operation: `find` of a collection, or `maxTimeMS` of the cursor itself. */
function judgeStep({ model, walk, note, shapes }, made, method, argument, inside) {
  const calls = Object.entries(model.clients).flatMap(([name, { members }]) => {
    const leads = members?.[method] ?? members?.['*'];
    return leads?.is === 'chain' && leads.client === made ? walk.calls(walk.step(shapes.get(name), method)) : [];
  });
  const found = walk.argument(calls, { at: [argument] });
  note.judge(`chained ${method}${inside === '' ? '' : ` ${inside}`}`, inside === '' ? { types: found.positions.size > 0 ? [1] : [], open: false } : walk.path(found, inside));
}

function anywhereBelow(walk, types, name) {
  const own = walk.path(types, name);
  return own.types.length > 0 || own.open ? own : walk.path(walk.step(types, '*'), name);
}

const callable = (walk, value) => (walk.calls(value).length > 0 || walk.constructs(value).length > 0 ? value : { types: [], open: value.open });

function positions(note, walk, at, signatures, ref, what) {
  if (signatures.length === 0 || ref === undefined) return;
  const { positions: there } = walk.argument(signatures, { at: ref.at, ...(ref.after === undefined ? {} : { after: ref.after }) });
  if (ref.at === 'last') note.put(`position ${at} ${what} last`, there.size > 0 ? 'found' : 'absent', there.size > 0 ? undefined : 'no overload has as many arguments');
  else for (const index of ref.at) note.put(`position ${at} ${what} ${index}`, there.has(index) ? 'found' : 'absent', there.has(index) ? undefined : 'no overload has as many arguments');
}

function checkPositions({ walk, note, options, constructs }) {
  for (const { shape, path, operation, signatures } of options.operations) {
    const at = shape === null ? `export ${path}` : `${shape}.${path}`;
    for (const what of ['options', 'url']) positions(note, walk, at, signatures, operation[what], what);
    if (operation.hands !== undefined) positions(note, walk, at, signatures, { at: [operation.hands.argument] }, 'hands');
    for (const ref of cacheRefs(operation.cache)) {
      if (ref.path === undefined) positions(note, walk, at, signatures, ref, 'cache');
      else if (signatures.length > 0) note.judge(`cache ${at} ${[ref.at].flat()[0]} ${ref.path}`, walk.argument(signatures, ref));
    }
    for (const { path: option, argument } of operation.streamWhen ?? []) {
      const ref = argument ?? operation.options;
      if (ref !== undefined && signatures.length > 0) note.judge(`stream ${option}`, options.along(walk.argument(signatures, ref), option));
    }
  }
  for (const { at, signatures, options: ref, more, from, url } of constructs) {
    positions(note, walk, at, signatures, ref, 'options');
    positions(note, walk, at, signatures, more, 'more');
    positions(note, walk, at, signatures, from, 'from');
    positions(note, walk, at, signatures, url?.argument, 'url');
  }
}

function cacheRefs(cache) {
  if (cache === undefined) return [];
  const lists = [...(cache.ttl ?? []), ...(cache.keepsTtl ?? []), ...(cache.unlessThere ?? [])];
  return [cache.key, cache.field, cache.value, cache.loader, ...lists.map(({ argument }) => argument)].filter((ref) => ref !== undefined);
}

function checkOptions({ model, note, options }) {
  for (const { path, at, fixed, clients, versions, requires } of model.bounds) {
    // A name for people, which no declaration has.
    if (fixed === true) continue;
    options.option('bound', path, at, { clients, versions });
    if (requires !== undefined) options.option('bound requires', requires.path, ['call', 'client'], { versions, any: true });
  }
  if (model.signal !== undefined) options.option('signal', model.signal.path, model.signal.at, { versions: model.signal.versions });
  for (const { at, path, chain, beside, clients, versions } of model.edits ?? []) {
    options.option('edit', chain === undefined ? path : `.${chain}()`, [at], { clients, versions });
    for (const each of [beside ?? []].flat()) options.option('edit beside', each.path, [at], { clients, versions });
  }
  for (const { path, clients, or, unless } of model.pool ?? []) {
    for (const each of [path, ...(or ?? []), ...(unless === undefined ? [] : [unless.path])]) options.option('pool', each, ['client', 'call'], { clients, any: true });
  }
  for (const path of [...(model.expiry?.options ?? []), ...(model.storeOptions ?? [])]) options.option('store', path, ['client'], { any: true });
  if (model.driver?.chosenBy !== undefined) options.option('driver', model.driver.chosenBy, ['client']);
  for (const { path, at } of model.repeat?.keys ?? []) {
    if (at === 'command') note.put(`repeat command ${path}`, 'skipped', 'stands in what the command is made of');
    else options.option('repeat', path, [at]);
  }
  for (const { url } of Object.values({ ...model.exports, ...model.globals })) {
    if (url?.path !== undefined) options.option('url', url.path, ['client', 'call'], { any: true });
  }
}

function checkRetry({ model, api, note, version, options }) {
  const retry = model.retry;
  if (retry === undefined) return;
  for (const [path, range] of retryPaths(retry)) options.option('retry', path, retry.at ?? ['client', 'call'], { any: retry.at === undefined, versions: range });
  for (const name of retryExports(retry, version)) note.judge(`retry export ${name}`, api.values(name));
}

/** The option paths that a retry names, with the range of versions that has them. */
export function retryPaths(retry) {
  const plain = [
    retry.option, retry.methodsOption, retry.condition?.path, retry.forever, ...(retry.delay ?? []), retry.growth?.path,
    retry.waits?.first.path, retry.waits?.factor.path, retry.waits?.most?.path, retry.chosenBy?.path,
  ].filter((path) => path !== undefined && path !== '');
  const ranged = [...(retry.edits ?? []).map(({ path, versions }) => [path, versions]), ...(retry.randomness === undefined ? [] : [[retry.randomness.path, retry.randomness.versions]])];
  return [...new Set(plain)].map((path) => [path, undefined]).concat(ranged);
}

export function retryExports(retry, version) {
  const chosen = retry.chosenBy?.all === undefined ? [] : [retry.chosenBy.all, retry.chosenBy.but.imports];
  return [...chosen, ...(retry.edits ?? []).flatMap(({ imports, versions }) => (imports !== undefined && holdsAt(version, versions) ? [imports] : []))];
}

function checkSeam({ model, walk, note, version, options, shapes }) {
  const seam = model.seam;
  if (seam === undefined || !holdsAt(seam.of === undefined ? version : '0.0.0', seam.of === undefined ? seam.versions : undefined)) return;
  for (const name of seam.on ?? []) if (!shapes.has(name)) note.put(`seam on ${name}`, 'absent', 'the model has no such shape');
  const on = (seam.on ?? [...shapes.keys()]).filter((name) => shapes.has(name));
  const ofShapes = both(none(), ...on.map((name) => shapes.get(name)));
  const anywhere = (path) => both(walk.path(ofShapes, path), options.find(path, 'client', seam.on), options.find(path, 'call', seam.on));
  if (seam.path !== undefined && seam.path !== '') note.judge(`seam ${seam.path}`, anywhere(seam.path));
  if (seam.readers !== undefined) {
    const results = both(none(), ...options.operations.map(({ signatures }) => walk.results(signatures)));
    for (const name of seam.readers) note.judge(`seam reader ${name}`, callable(walk, walk.step(results, name)));
  }
  if (seam.write === undefined) return;
  const { form, path, beside, notWith, service, own } = seam.write;
  if (path !== '') note.judge(`seam write ${path}`, form === 'chain' ? callable(walk, walk.step(ofShapes, path)) : options.find(path, 'client'));
  const paths = [...(beside ?? []).map((item) => item.path), ...(notWith ?? []), ...(service.is === 'option' ? [service.path] : []), ...(service.is === 'package' ? [service.address, service.among] : []), ...(own?.retries.paths ?? []), ...(own?.bound === undefined ? [] : [own.bound.path])];
  for (const each of new Set(paths)) note.judge(`seam write ${each}`, options.find(each, 'client'));
}

function checkLoans({ model, api, walk, note, shapes }) {
  for (const { client, call, element, returned, opens, endedBy, keeps } of model.lends ?? []) {
    const lender = client === undefined ? null : shapes.get(client);
    const at = `${client === undefined ? 'export' : client}.${call}`;
    if (lender !== null && lender.types.length === 0) {
      note.put(`loan ${at}`, lender.open ? 'untyped' : 'unreached');
      continue;
    }
    const value = lender === null ? api.values(call) : walk.path(lender, call);
    const calls = walk.calls(value);
    note.judge(`loan ${at}`, callable(walk, value));
    if (calls.length === 0) continue;
    let lent = both(walk.results(calls), handedBack(walk, calls));
    if (element !== undefined) lent = walk.step(lent, String(element));
    for (const way of returned) {
      if (way.by === 'call') note.judge(`loan ${at} returned by a call`, callable(walk, lent));
      else if (way.by === 'method') note.judge(`loan ${at} returned by ${way.name}`, callable(walk, walk.step(lent, way.name)));
      else note.judge(`loan ${at} returned by ${way.by} ${way.name}`, callable(walk, lender === null ? api.values(way.name) : walk.step(lender, way.name)));
    }
    for (const name of [...(opens ?? []), ...(keeps ?? [])]) note.judge(`loan ${at} ${name}`, callable(walk, walk.step(lent, name)));
    for (const name of endedBy ?? []) if (lender !== null) note.judge(`loan ${at} ended by ${name}`, callable(walk, walk.step(lender, name)));
  }
}

/** What a callback is handed: `getConnection((error, connection) => …)`. */
function handedBack(walk, calls) {
  const callback = walk.calls(walk.argument(calls, { at: [0, 1, 2, 3] }));
  const { types } = walk.argument(callback, { at: [0, 1] });
  return { types, open: false };
}
