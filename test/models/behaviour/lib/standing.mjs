/** How each frozen row stands, by what was run. */

/**
 * - `proved`: an experiment shows it, and every run of that experiment held
 * - `corrected`: an experiment shows that it is otherwise
 * - `source only`: read in the library's source, not run
 * - `unproved`: neither
 * @typedef {'proved' | 'corrected' | 'source only' | 'unproved'} Standing
 */

/**
 * @param {{ claims: object[] }} frozen
 * @param {readonly { record: string, experiments: object[] }[]} files
 * @param {readonly { record: string, experiment: string, ran: string, ok: boolean }[]} results
 * @returns {{ claim: object, standing: Standing, shown: { says: string, instead?: string, ran: string[] }[] }[]} in the order of the facts
 */
export function standings({ claims }, files, results) {
  return claims.map((claim) => {
    const shown = [];
    for (const { record, experiments } of files) {
      if (record !== claim.record) continue;
      for (const experiment of experiments) {
        const instead = experiment.refutes?.[claim.id];
        if (instead === undefined && !(experiment.proves ?? []).includes(claim.id)) continue;
        const ran = runsThatHold(record, experiment.name, results);
        if (ran !== null) shown.push({ says: experiment.says, ...(instead === undefined ? {} : { instead }), ran });
      }
    }
    return { claim, standing: standingOf(claim, shown), shown };
  });
}

/** @returns {string[] | null} what it ran with; `null` where it did not run, or where one of its runs failed */
export function runsThatHold(record, name, results) {
  const own = results.filter((result) => result.record === record && result.experiment === name);
  return own.length === 0 || own.some(({ ok }) => !ok) ? null : own.map(({ ran }) => ran);
}

function standingOf({ verified }, shown) {
  if (shown.some(({ instead }) => instead !== undefined)) return 'corrected';
  if (shown.length > 0) return 'proved';
  return typeof verified === 'string' && verified.startsWith('source') ? 'source only' : 'unproved';
}
