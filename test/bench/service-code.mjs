/** A service's source of a chosen size: most of it plain code, a sixth of its functions call out, cache, retry or query. */

const PLAIN = (index) => [
  `/** Sums the lines of an order that belong to region ${index}. */`,
  `export function total${index}(lines: readonly Line[], region = 'r${index}'): number {`,
  '  let sum = 0;',
  '  for (const line of lines) {',
  '    if (line.region !== region && line.region !== undefined) continue;',
  '    const discount = line.discount ?? 0;',
  '    sum += Math.round(line.net * line.count * (1 - discount / 100));',
  '  }',
  `  const limit = lines.length > ${index + 3} ? 1_000_000 : 500_000;`,
  '  return sum > limit ? limit : sum;',
  '}',
  '',
];

const CALLING = (index) => [
  `export async function order${index}(id: string): Promise<Line[]> {`,
  '  const cached = await redis.get(`order:${id}`);',
  '  if (cached !== null) return JSON.parse(cached) as Line[];',
  `  const response = await stock.get<Line[]>(\`/orders/\${id}/${index}\`);`,
  '  const price = await prices.get<number>(`/prices/${id}`);',
  `  const { rows } = await pool.query<Line>('SELECT * FROM lines WHERE id = $1', [id]);`,
  '  for (let attempt = 0; attempt < 3; attempt++) {',
  '    try {',
  '      await fetch(`http://audit.internal/${id}`, { method: "PUT", body: JSON.stringify(rows) });',
  '      break;',
  '    } catch (error) {',
  '      if (attempt === 2) throw error;',
  '      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));',
  '    }',
  '  }',
  '  await redis.set(`order:${id}`, JSON.stringify(rows), "EX", 60);',
  '  return rows.map((line) => ({ ...line, net: response.data[0]!.net + price.data }));',
  '}',
  '',
];

const HEAD = ["import { Redis } from 'ioredis';", "import { Pool } from 'pg';", "import { prices, stock } from './clients.js';", "import type { Line } from './types.js';", '', 'const redis = new Redis({ commandTimeout: 500 });', 'const pool = new Pool({ max: 10, query_timeout: 500 });', ''];
const CALLING_EVERY = 6;

/** A file of about so many lines. */
export function serviceOfLines(lines) {
  const text = [...HEAD];
  for (let index = 0; text.length < lines; index += 1) text.push(...(index % CALLING_EVERY === 0 ? CALLING(index) : PLAIN(index)));
  return text.join('\n');
}
