/** Option paths: in the options of calls, of clients, of a method that is chained. */
import { both, none } from './types.mjs';
import { holdsAt } from './versions.mjs';
import { below } from './shapes.mjs';

export function optionPaths(model, api, walk, { shapes, constructs }, note, version) {
  /** Everything that is called: `{ shape, path, operation, signatures, open }`. */
  const operations = [
    ...Object.entries({ ...model.exports, ...model.globals }).flatMap(([path, entry]) => {
      if (entry.is !== 'operation') return [];
      const value = api.values(path);
      return [{ shape: null, path, operation: entry, signatures: walk.calls(value), open: value.open }];
    }),
    ...Object.entries(model.clients).flatMap(([name, shape]) =>
      Object.entries(shape.operations).map(([path, operation]) => {
        const value = path === '' ? shapes.get(name) : below(walk, shape, shapes.get(name), path);
        return { shape: name, path, operation, signatures: walk.calls(value), open: value.open };
      }),
    ),
  ];

  /** Options of an `options` export: `new NodeHttpHandler({…})`. */
  const standIns = Object.entries({ ...model.exports, ...model.globals }).flatMap(([path, entry]) => {
    if (entry.is !== 'options') return [];
    const value = api.values(path);
    const signatures = [...walk.constructs(value), ...walk.calls(value)];
    return [{ at: `export ${path}`, signatures, options: entry.options, results: walk.results(signatures), open: value.open }];
  });

  function holders(at, only) {
    const fits = (shape) => only === undefined || (shape !== null && only.includes(shape));
    if (at === 'client') {
      const here = constructs.filter(({ makes }) => fits(makes));
      return [...here, ...here.map(({ more, ...rest }) => ({ ...rest, options: more }))].filter(({ options }) => options !== undefined);
    }
    return operations.filter(({ shape, operation }) => operation.options !== undefined && fits(shape)).map(({ operation, ...rest }) => ({ ...rest, options: operation.options }));
  }

  /** Along a path; where it leads into another client, on in the options of that one. */
  function along(from, path, depth = 0) {
    if (path === '') return from;
    const whole = walk.path(from, path);
    if (whole.types.length > 0 || depth > 2) return whole;
    const names = path.split('.');
    let found = whole;
    // From the first on: what stands for options may be all that is handed in (`new Web3(new HttpProvider(url, { timeout }))`).
    for (let i = names.length - 1; i >= 0; i--) {
      const here = walk.path(from, names.slice(0, i).join('.'));
      for (const type of here.types.flatMap((type) => walk.parts(type))) {
        const into = [...(i === 0 ? [] : constructs), ...standIns].filter(({ options, results }) => options !== undefined && results.types.some((result) => walk.isAssignable(result, type)));
        for (const { signatures, options } of into) found = both(found, along(walk.argument(signatures, options), names.slice(i).join('.'), depth + 1));
      }
      if (found.types.length > 0) break;
    }
    return found;
  }

  /** The last step in a method that is called on the thing: `.timeout().deadline`. */
  function chainedPath(all, path) {
    const [, method, ...rest] = /^\.([\w$]+)\(\)\.?(.*)$/.exec(path) ?? [null, null];
    if (method === null) return none();
    const calls = walk.calls(walk.step(all, method));
    const inside = rest.filter((name) => name !== '').join('.');
    if (inside === '') return { types: calls.length > 0 ? all.types.slice(0, 1) : [], open: all.open };
    return walk.path(walk.argument(calls, { at: [0] }), inside);
  }

  const resultsOf = (only) => both(none(), ...operations.filter(({ shape }) => only === undefined || only.includes(shape)).map(({ signatures, open }) => both(walk.results(signatures), { types: [], open: open && signatures.length === 0 })));
  const shapesOf = (only) => both(none(), ...[...shapes].filter(([name]) => only === undefined || only.includes(name)).map(([, shape]) => shape));

  function find(path, at, only) {
    if (path.startsWith('.')) return chainedPath(at === 'call' ? resultsOf(only) : shapesOf(only), path);
    return both(none(), ...holders(at, only).map(({ signatures, options, open }) => both(along(walk.argument(signatures, options), path), { types: [], open: open && signatures.length === 0 })));
  }

  /** Says of an option path whether it is there at one of these places. */
  function option(what, path, places, { clients: only, versions, any = false } = {}) {
    if (!holdsAt(version, versions)) return;
    const outcomes = places.map((at) => ({ at, found: find(path, at, only), takers: path.startsWith('.') ? null : holders(at, only) }));
    if (any) {
      const taken = outcomes.filter(({ takers }) => takers === null || takers.length > 0);
      if (taken.length === 0) note.put(`${what} ${path}`, 'skipped', 'nothing in the model takes options');
      else if (taken.every(({ takers }) => isUnreached(takers))) note.put(`${what} ${path}`, 'unreached');
      else {
        const found = both(...taken.map((outcome) => outcome.found));
        const given = places.includes('client') && constructs.some(({ makes, from }) => from !== undefined && (only === undefined || only.includes(makes)));
        if (found.types.length === 0 && !found.open && given) note.put(`${what} ${path}`, 'skipped', 'its options are those of the client it is made from');
        else note.judge(`${what} ${path}`, found);
      }
      return;
    }
    for (const { at, found, takers } of outcomes) {
      const key = `${what} ${at} ${path}`;
      const given = at === 'client' && constructs.some(({ makes, from }) => from !== undefined && (only === undefined || only.includes(makes)) && (takers?.length === 0 || from.path !== undefined));
      if (found.types.length > 0 || found.open) note.judge(key, found);
      else if (given) note.put(key, 'skipped', 'its options are those of the client it is made from');
      else if (takers?.length === 0) note.put(key, 'skipped', `nothing in the model takes options of a ${at}`);
      else note.put(key, isUnreached(takers) ? 'unreached' : 'absent');
    }
  }

  const isUnreached = (takers) => takers !== null && takers.every(({ signatures, open }) => signatures.length === 0 && !open);

  return { option, find, along, operations, holders };
}
