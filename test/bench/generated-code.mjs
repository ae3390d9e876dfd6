/** Code of a chosen size with calls, wrappers and controllers spread through it, as real services have. */

const BLOCK = (index) => [
  `export async function order${index}(id: string, options: { signal?: AbortSignal } = {}) {`,
  `  const url = \`http://orders.internal/\${id}/${index}\`;`,
  `  const controller = new AbortController();`,
  `  const timer = setTimeout(() => controller.abort(), ${1000 + index});`,
  `  const first = await fetch(url, { signal: controller.signal });`,
  `  clearTimeout(timer);`,
  `  if (!first.ok) return client.get(url);`,
  `  const rest = await Promise.all([client.post(url, { id }, { timeout: 500 }), fetch(url, options)]);`,
  `  return { ...(await first.json()), rest };`,
  `}`,
];

const HEAD = ["import axios from 'axios';", "const client = axios.create({ baseURL: 'http://orders.internal' });"];

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
      `  await client.get('/' + value${Math.max(0, index - 3)}, options);`,
    ];
    text.push(index % 4 === 3 ? `  await client.get('/' + total, options);` : statements[index % 3]);
  }
  return [...text, '  return total;', '}'].join('\n');
}
