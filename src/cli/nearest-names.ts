/** Names that somebody may have meant, best first. */
export function nearestNames(wanted: string, names: readonly string[], most = 5): string[] {
  const bare = bareName(wanted);
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceBetween(bare, bareName(name)) }))
    .filter(({ distance, name }) => distance <= Math.max(1, Math.floor(bare.length / 3)) || (bare.length >= 3 && name.includes(bare)))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** Without its scope: people forget it, or write another. */
const bareName = (name: string): string => name.replace(/^@[^/]*\//, '');

/** Edit distance: insertions, deletions, replacements, and neighbours that changed places. */
function distanceBetween(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}
