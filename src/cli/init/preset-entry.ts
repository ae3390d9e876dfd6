import type { TextStyle } from './text-style.js';

/** Above this many characters an entry takes several lines. */
const WIDTH = 110;

/**
 * The entry of a preset.
 * @param access gives the presets: `resilience.configs`
 * @param ignores globs of packages that run in browsers
 */
export function presetEntry(access: string, preset: string, ignores: readonly string[], { quote, indent }: TextStyle): string {
  const spread = `...${access}.${preset}`;
  if (ignores.length === 0) return spread;
  const globs = ignores.map((glob) => `${quote}${glob}${quote}`);
  const short = `${spread}.map((config) => ({ ignores: [${globs.join(', ')}], ...config }))`;
  if (short.length <= WIDTH) return short;
  const oneLine = `${indent}ignores: [${globs.join(', ')}],`;
  const list = oneLine.length <= WIDTH ? oneLine : `${indent}ignores: [\n${globs.map((glob) => `${indent}${indent}${glob},\n`).join('')}${indent}],`;
  return `${spread}.map((config) => ({\n${list}\n${indent}...config,\n}))`;
}

/** The entry that gives TypeScript files a parser, and makes ESLint look at them. */
export function parserEntry(name: string, { quote }: TextStyle): string {
  return `{ files: [${quote}**/*.{ts,mts,cts,tsx}${quote}], ...${name}.configs.base }`;
}

