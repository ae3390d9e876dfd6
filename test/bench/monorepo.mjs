/** A monorepo of a chosen size, for measuring runs over many files: about 5.9 kB a file, one in twenty with an unbounded call. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES_A_PACKAGE = 200;
const CANDIDATE_EVERY = 20;
const BYTES = 5_900;

const METHOD = (name, index) => `
  /** Adds the lines of an order that belong to region ${index}, in cents. */
  total${name}(lines: readonly Line[], region: string = 'r${index}'): number {
    let sum = 0;
    for (const line of lines) {
      if (line.region !== region && line.region !== undefined) continue;
      const discount = this.discounts.get(line.sku) ?? 0;
      sum += Math.round(line.net * line.count * (1 - discount / 100));
    }
    return sum > this.limit ? this.limit : sum;
  }
`;

const CALL = (index) => `
export async function load${index}(id: string): Promise<Line[]> {
  const response = await fetch(\`http://orders.internal/lines/\${id}\`);
  if (!response.ok) throw new Error(\`lines of \${id}: \${response.status}\`);
  return (await response.json()) as Line[];
}
`;

function textOf(index) {
  const head = `import type { Line } from './types.js';\n\nexport class Totals${index} {\n  readonly discounts = new Map<string, number>();\n  readonly limit = 1_000_000;\n`;
  const tail = index % CANDIDATE_EVERY === 0 ? `}\n${CALL(index)}` : '}\n';
  let body = '';
  for (let method = 0; head.length + body.length + tail.length < BYTES - 300; method++) body += METHOD(`${index}_${method}`, method);
  return head + body + tail;
}

/**
 * Writes it.
 * @returns the paths of all sources, and of those with an unbounded call
 */
export function writeMonorepo(root, count, filesAPackage = FILES_A_PACKAGE) {
  const sources = [];
  const candidates = [];
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'orders-monorepo', private: true, workspaces: ['packages/*'] }));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ name: 'orders-monorepo', lockfileVersion: 3, packages: {} }));
  for (let index = 0; index < count; index++) {
    const number = Math.floor(index / filesAPackage);
    const folder = join(root, 'packages', `p${number}`);
    if (index % filesAPackage === 0) {
      mkdirSync(join(folder, 'src'), { recursive: true });
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: `@orders/p${number}`, type: 'module', engines: { node: '>=20' } }));
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { target: 'es2022', lib: ['es2022', 'dom', 'dom.iterable'], module: 'nodenext', strict: true, noEmit: true, types: [] }, include: ['src'] }));
      writeFileSync(join(folder, 'src/types.ts'), 'export interface Line {\n  sku: string;\n  net: number;\n  count: number;\n  region?: string;\n}\n');
    }
    const path = join(folder, 'src', `f${index}.ts`);
    writeFileSync(path, textOf(index));
    sources.push(path);
    if (index % CANDIDATE_EVERY === 0) candidates.push(path);
  }
  return { sources, candidates };
}
