/**
 * What became of each path of a model in one version of one package.
 * - `found`, `absent`
 * - `untyped`: the declarations say nothing there (`any`, an index of any name, no declarations)
 * - `unreached`: what it stands in is absent, so nothing can be said of it here
 * - `skipped`: not to be read from declarations; `why` says what for
 */
const NAMES = new Set(['export', 'shape', 'operation', 'member', 'harmless', 'type', 'position', 'awaited', 'run']);

/** Names that a version does not have are never met in code for it; an option is believed and written, so it must be in each. */
export const isName = (what) => NAMES.has(what.split(' ')[0]);

export function findings() {
  const rows = new Map();
  const put = (what, outcome, why) => {
    // Where several things lead to the same path, one that is there is enough.
    const before = rows.get(what);
    if (before?.outcome === 'found') return;
    rows.set(what, { what, outcome, ...(why === undefined ? {} : { why }) });
  };
  return {
    put,
    /** It is there, and cannot be what the model takes it for. */
    refuse: (what, why) => void rows.set(what, { what, outcome: 'absent', why }),
    /** By what a walk along types gave. */
    judge(what, { types, open }, why) {
      if (types.length > 0) put(what, 'found');
      else put(what, open ? 'untyped' : 'absent', open ? undefined : why);
      return types.length > 0;
    },
    rows: () => [...rows.values()],
  };
}
