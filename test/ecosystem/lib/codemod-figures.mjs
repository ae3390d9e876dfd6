/** What the kept rows of `ecosystem codemods` come to. */

/** @param rows of one codemod, one a repository */
export function sumRows(rows) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const skipped = {};
  for (const row of rows) for (const [reason, count] of Object.entries(row.skipped)) skipped[reason] = (skipped[reason] ?? 0) + count;
  return {
    repositories: rows.length,
    changedRepositories: rows.filter((row) => row.edits > 0).length,
    filesRead: sum('filesRead'),
    filesChanged: sum('filesChanged'),
    edits: sum('edits'),
    added: sum('added'),
    removed: sum('removed'),
    skipped: Object.fromEntries(Object.entries(skipped).sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))),
    failed: sum('failed'),
    strays: sum('strays'),
    broken: sum('broken'),
    secondRun: sum('secondRun'),
    notUndone: rows.filter((row) => !row.undone).length,
  };
}
