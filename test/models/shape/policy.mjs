/** Holds a policy model against the declarations of one version. */
import { retryExports, retryPaths } from './client.mjs';
import { exportsOf } from './exports.mjs';
import { findings } from './findings.mjs';
import { both, none, walker } from './types.mjs';
import { holdsAt } from './versions.mjs';

export function checkPolicy(model, declared, version) {
  const note = findings();
  const walk = walker(declared.checker);
  const api = exportsOf(declared, walk);
  if (api.isUntyped) {
    note.put('export *', 'untyped', 'no declarations');
    return note.rows();
  }
  let retryOptions = none();
  for (const [path, entry] of Object.entries(model.exports)) {
    if (!holdsAt(version, entry.versions)) continue;
    const value = api.values(path);
    if (!note.judge(`export ${path}`, value)) {
      if (value.open) retryOptions.open = true;
      continue;
    }
    const signatures = [...walk.constructs(value), ...walk.calls(value)];
    // A policy that is there without being made: `noop.execute(…)`.
    if (signatures.length === 0 && (entry.runs?.methods ?? []).some((name) => walk.calls(walk.step(value, name)).length > 0)) {
      for (const name of entry.runs.methods) judgeRun(note, walk, path, walk.step(value, name), name, entry.runs.signal);
      continue;
    }
    if (signatures.length === 0) {
      note.refuse(`export ${path}`, 'cannot be called');
      continue;
    }
    const at = (what, ref) => judgeArgument(note, walk, `${what} of ${path}`, signatures, ref);
    for (const what of ['subject', 'attachesTo']) if (entry[what] !== undefined) at(what, entry[what]);
    if (entry.limit !== undefined) judgeLimit(note, walk, path, signatures, entry.limit);
    if (entry.cooperative !== undefined && entry.cooperative !== 'always') {
      at('cooperative', { at: [entry.cooperative.unlessArgument] });
      note.judge(`export ${entry.cooperative.is}`, api.values(entry.cooperative.is));
    }
    if (entry.retryOptions !== undefined) retryOptions = both(retryOptions, at('retryOptions', entry.retryOptions));
    const made = walk.results(signatures);
    for (const [name, ref] of Object.entries(entry.retryMethods ?? {})) {
      const calls = walk.calls(walk.step(made, name));
      note.put(`method ${name} of ${path}`, calls.length > 0 ? 'found' : made.open ? 'untyped' : 'absent');
      if (calls.length > 0) retryOptions = both(retryOptions, judgeArgument(note, walk, `options of ${name} of ${path}`, calls, ref));
    }
    for (const name of entry.runs?.methods ?? []) judgeRun(note, walk, path, name === '' ? made : walk.step(made, name), name, entry.runs.signal);
  }
  if (model.retry !== undefined) {
    for (const [path, range] of retryPaths(model.retry)) if (holdsAt(version, range)) note.judge(`retry ${path}`, walk.path(retryOptions, path));
    for (const name of retryExports(model.retry, version)) note.judge(`retry export ${name}`, api.values(name));
  }
  return note.rows();
}

function judgeRun(note, walk, path, value, name, signal) {
  const calls = walk.calls(value);
  note.put(`run ${name} of ${path}`, calls.length > 0 ? 'found' : value.open ? 'untyped' : 'absent');
  if (calls.length === 0 || signal === undefined) return;
  const context = walk.argument(walk.calls(walk.argument(calls, { at: [0] })), { at: [0] });
  note.judge(`run ${name} of ${path} hands ${signal}`, walk.path(context, signal));
}

/** A plain argument only has to be there; an option in it has to have its name. */
function judgeLimit(note, walk, path, signatures, { argument, path: option }) {
  const found = judgeArgument(note, walk, `limit of ${path}`, signatures, argument);
  if (option !== '') note.judge(`limit ${option} of ${path}`, walk.path(found, option));
}

function judgeArgument(note, walk, what, signatures, ref) {
  const found = walk.argument(signatures, ref);
  const asked = ref.at === 'last' ? [...found.positions].slice(0, 1) : ref.at;
  if (asked.length === 0) note.put(`${what} last`, 'absent', 'no overload has as many arguments');
  for (const index of asked) note.put(`${what} ${index}`, found.positions.has(index) ? 'found' : 'absent', found.positions.has(index) ? undefined : 'no overload has as many arguments');
  if (ref.path !== undefined) note.judge(`${what} ${ref.path}`, found);
  return { types: found.types, open: found.open };
}
