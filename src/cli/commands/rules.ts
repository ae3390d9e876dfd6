import type { CliHost } from '../host.js';

/** Lists the rules of this version. */
export async function runRules(options: { readonly format: 'text' | 'json' }, host: CliHost): Promise<number> {
  const { rules } = await import('../../../rules/index.js');
  const rows = Object.entries(rules).map(([name, { meta }]) => ({
    rule: `resilience/${name}`,
    family: meta.docs.family,
    preset: meta.docs.tier === 'off' ? 'all' : meta.docs.tier,
    description: meta.docs.description,
    url: meta.docs.url ?? null,
  }));
  if (options.format === 'json') {
    host.stdout.write(`${JSON.stringify({ schemaVersion: 1, rules: rows }, null, 2)}\n`);
    return 0;
  }
  const width = Math.max(0, ...rows.map((row) => row.rule.length));
  for (const row of rows) host.stdout.write(`${row.rule.padEnd(width)}  ${row.family}, ${row.preset}  ${row.description}\n`);
  return 0;
}
