/** Code of a chosen size with what each family of rules looks at spread through it, as real services have. */

const BLOCK = (index) => [
  `export async function order${index}(id: string, options: { signal?: AbortSignal } = {}) {`,
  `  const url = \`http://orders.internal/\${id}/${index}\`;`,
  `  const controller = new AbortController();`,
  `  const timer = setTimeout(() => controller.abort(), ${1000 + index});`,
  `  const first = await fetch(url, { signal: controller.signal });`,
  `  clearTimeout(timer);`,
  `  if (!first.ok) return client.get(url);`,
  `  const cached = await redis.get(\`order:\${id}\`).catch(() => null);`,
  `  if (cached !== null && JSON.parse(cached).total?.net > 0) return JSON.parse(cached);`,
  `  const { rows } = await pool.query('SELECT * FROM orders WHERE id = $1', [id]);`,
  `  const order = orders.find((item) => item.id === rows[0].id);`,
  `  for (let attempt = 0; attempt < 3; attempt++) {`,
  `    try {`,
  `      await client.put(url, order.lines[0], { timeout: 500 });`,
  `      await redis.set(\`order:\${id}\`, JSON.stringify(order && order.total));`,
  `      break;`,
  `    } catch (error) {`,
  `      if (attempt === 2) throw error;`,
  `      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));`,
  `    }`,
  `  }`,
  `  const rest = await Promise.all([client.post(url, { id }, { timeout: 500 }), fetch(url, options)]);`,
  `  return { ...(await first.json()), rest };`,
  `}`,
];

const HEAD = ["import axios from 'axios';", "import { Redis } from 'ioredis';", "import { Pool } from 'pg';", 'const redis = new Redis({ commandTimeout: 500 });', 'const pool = new Pool({ query_timeout: 500 });', 'const orders: any[] = [];', "const client = axios.create({ baseURL: 'http://orders.internal' });"];

/** A file of about so many lines: many small functions. */
export function fileOfLines(lines) {
  const text = [...HEAD];
  for (let index = 0; text.length < lines; index += 1) text.push(...BLOCK(index));
  return text.join('\n');
}

/** One function of so many statements, with branches and calls: control flow of one piece. */
export function functionOfStatements(count) {
  const text = [...HEAD, 'export async function settle(input: any) {', '  let total = 0;', '  let options: any = {};'];
  for (let index = 0; index < count; index += 1) {
    const statements = [
      `  if (input.a${index}) total += ${index};`,
      `  const value${index} = input.list[${index}] ?? total;`,
      `  if (total > ${index}) options = { timeout: ${index} };`,
      `  try { await client.put('/' + total, options); } catch (error) { if (error.status === ${index}) throw error; }`,
      `  const cached${index} = await redis.get('order:' + total);`,
      `  if (!cached${index - 1}) await redis.set('order:' + total, JSON.stringify(value${index - 4} ?? null));`,
      `  while (total < ${index}) { try { total = (await client.get('/total', { timeout: 5 })).data; break; } catch { await new Promise((resolve) => setTimeout(resolve, 5)); } }`,
      `  total += orders.find((item) => item.id === value${index - 6}).total;`,
    ];
    text.push(statements[index % statements.length]);
  }
  return [...text, '  return total;', '}'].join('\n');
}
