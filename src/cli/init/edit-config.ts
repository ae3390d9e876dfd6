import { applyEdits } from '../../codemod/apply-edits.js';
import { createLineTable } from '../../analysis/line-table.js';
import { parse, parses } from '../../analysis/parse.js';
import type { PresetName } from '../../configs.js';
import type { Edit } from '../../mends/edit.js';
import { addEntries } from './add-entries.js';
import { addImports, importLine, moduleForm, type ModuleForm } from './add-import.js';
import { configList, type ConfigList } from './config-list.js';
import { moduleBindings, namesIn } from './module-bindings.js';
import { parserEntry, presetEntry } from './preset-entry.js';
import { coversPreset, ownNames, PLUGIN, presetUses } from './preset-uses.js';
import { styleOf, USUAL_STYLE, type TextStyle } from './text-style.js';

/** What a configuration is to hold. */
export interface Wanted {
  readonly preset: PresetName;
  /** Globs of packages that are left out. */
  readonly ignores: readonly string[];
  /** Give TypeScript files the parser of typescript-eslint. */
  readonly parser: boolean;
  /** Put a fingerprint of the workspace into ESLint's cache key. */
  readonly withProject: boolean;
}

export type ConfigEdit =
  | { readonly is: 'edited'; readonly text: string; readonly wrapped: boolean }
  /** A preset with the rules that are wanted is there. */
  | { readonly is: 'there'; readonly preset: PresetName; readonly line: number; readonly withProject: boolean }
  /** Not understood well enough: what to add by hand. */
  | { readonly is: 'left'; readonly why: string; readonly lines: string };

const TS_PLUGIN = 'typescript-eslint';

/**
 * Adds a preset to the text of a flat config. Everything else of it stays as it is, byte by byte.
 * @param form of modules, where the text does not say
 */
export function editConfig(path: string, source: string, wanted: Wanted, form: ModuleForm): ConfigEdit {
  const parsed = parse(path, source);
  if (!parsed.ok) return { is: 'left', why: `it cannot be parsed: ${parsed.message}`, lines: linesToPaste(wanted, form, USUAL_STYLE) };
  const { program, text, comments } = parsed;
  const bindings = moduleBindings(program);
  const style = styleOf(program, text);
  const uses = presetUses(program, bindings);
  const withProject = [...bindings.values()].some(({ module }) => module === PLUGIN) && /\bwithProject\b/.test(text);
  const there = uses.find((use) => coversPreset(use.preset, wanted.preset));
  if (there !== undefined) return { is: 'there', preset: there.preset, line: createLineTable(text).locate(there.at).line, withProject };
  const its = moduleForm(program, form);
  const left = (why: string): ConfigEdit => ({ is: 'left', why, lines: linesToPaste(wanted, its, style) });
  const answer = configList(program, bindings);
  if (!answer.ok) return left(answer.why);

  const own = ownNames(bindings);
  const taken = new Set(namesIn(program));
  const lines: string[] = [];
  const take = (module: string, usual: string): string => {
    const name = freeName(usual, taken);
    taken.add(name);
    lines.push(importLine(name, module, its, style));
    return name;
  };
  const wrap = wanted.withProject && !withProject;
  const plugin = own.plugin ?? (own.configs === null || wrap ? take(PLUGIN, 'resilience') : null);
  const entries = [presetEntry(own.configs ?? `${plugin!}.configs`, wanted.preset, wanted.ignores, style)];
  if (wanted.parser) {
    const bound = [...bindings].find(([, { module, name }]) => module === TS_PLUGIN && (name === 'default' || name === '*'));
    entries.unshift(parserEntry(bound?.[0] ?? take(TS_PLUGIN, 'tseslint'), style));
  }
  const edits: Edit[] = [...addEntries(answer.list, entries, { text, comments }, style)];
  if (lines.length > 0) edits.push(addImports(program, lines, { text, comments }));
  if (wrap) edits.push(...wrapping(answer.list, plugin!));
  const edited = applyEdits(source, edits);
  return parses(path, edited) ? { is: 'edited', text: edited, wrapped: wrap } : left('the edited text would not parse');
}

/** Around the list: the edit that opens comes first, before what may be added at the same offset. */
function wrapping({ whole }: ConfigList, plugin: string): readonly Edit[] {
  return [
    { range: [whole.range[0], whole.range[0]], text: `${plugin}.withProject(` },
    { range: [whole.range[1], whole.range[1]], text: ')' },
  ];
}

function freeName(usual: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? usual : n === 2 ? `${usual}Plugin` : `${usual}Plugin${n - 1}`;
    if (!taken.has(name)) return name;
  }
}

/** What somebody would write by hand. */
export function linesToPaste(wanted: Wanted, form: ModuleForm, style: TextStyle): string {
  const imports = [importLine('resilience', PLUGIN, form, style), ...(wanted.parser ? [importLine('tseslint', TS_PLUGIN, form, style)] : [])];
  const entries = [...(wanted.parser ? [parserEntry('tseslint', style)] : []), presetEntry('resilience.configs', wanted.preset, wanted.ignores, style)];
  return `${imports.join('\n')}\n\n// in the list of configs, after what sets parsers:\n${entries.map((entry) => `${entry},`).join('\n')}\n`;
}

/** The text of a new configuration. */
export function newConfig(wanted: Wanted, form: ModuleForm): string {
  const style = USUAL_STYLE;
  const imports = [importLine('resilience', PLUGIN, form, style), ...(wanted.parser ? [importLine('tseslint', TS_PLUGIN, form, style)] : [])];
  const entries = [...(wanted.parser ? [parserEntry('tseslint', style)] : []), presetEntry('resilience.configs', wanted.preset, wanted.ignores, style)];
  const lines = entries.map((entry) => `  ${entry.replaceAll('\n', '\n  ')},\n`).join('');
  const list = entries.length === 1 && !entries[0]!.includes('\n') ? `[${entries[0]!}]` : `[\n${lines}]`;
  const value = wanted.withProject ? `resilience.withProject(${list})` : list;
  return `${imports.join('\n')}\n\n${form === 'import' ? 'export default ' : 'module.exports = '}${value};\n`;
}
