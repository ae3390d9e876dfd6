import { applyEdits as applyJsonEdits, findNodeAtLocation, getNodeValue, modify, parseTree, type FormattingOptions, type JSONPath, type ParseError } from 'jsonc-parser';
import { rules } from '../../../rules/index.js';
import { NOT_PRODUCTION, rulesOf, type PresetName } from '../../configs.js';
import { PLUGIN } from './preset-uses.js';

export type OxlintEdit =
  | { readonly is: 'edited'; readonly text: string }
  | { readonly is: 'there' }
  | { readonly is: 'left'; readonly why: string };

/** The rules of a preset as oxlint names them, and where they are off: named, they can be changed one by one. */
export function oxlintPreset(preset: PresetName): { readonly rules: Readonly<Record<string, unknown>>; readonly override: object } {
  const on = rulesOf(preset, rules);
  const named = Object.fromEntries(Object.entries(on).map(([rule, entry]) => [rule, Array.isArray(entry) && entry.length === 1 ? entry[0] : entry]));
  return { rules: named, override: { files: [...NOT_PRODUCTION], rules: Object.fromEntries(Object.keys(on).map((rule) => [rule, 'off'])) } };
}

/**
 * Adds the plugin and the rules of a preset to an oxlint configuration; comments and layout stay.
 * Rules of ours that are there keep what is said of them.
 */
export function editOxlint(source: string, preset: PresetName, ignores: readonly string[]): OxlintEdit {
  const bom = source.startsWith('\uFEFF') ? '\uFEFF' : '';
  let text = source.slice(bom.length);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (tree === undefined || errors.length > 0) return { is: 'left', why: 'it is not JSON that can be read' };
  if (tree.type !== 'object') return { is: 'left', why: 'it holds no object' };
  const list = (key: string): readonly unknown[] | null => {
    const node = findNodeAtLocation(tree, [key]);
    return node === undefined ? [] : node.type === 'array' ? (getNodeValue(node) as unknown[]) : null;
  };
  const [plugins, overrides] = [list('jsPlugins'), list('overrides')];
  const rulesNode = findNodeAtLocation(tree, ['rules']);
  if (plugins === null || overrides === null || (rulesNode !== undefined && rulesNode.type !== 'object')) return { is: 'left', why: '`jsPlugins`, `overrides` or `rules` has another form than oxlint takes' };

  const formattingOptions = formatOf(text);
  const set = (path: JSONPath, value: unknown, insert = false): void => {
    text = applyJsonEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion: insert }));
  };
  const wanted = oxlintPreset(preset);
  const missing = Object.entries(wanted.rules).filter(([rule]) => findNodeAtLocation(tree, ['rules', rule]) === undefined);
  const hasPlugin = plugins.some((plugin) => plugin === PLUGIN || (plugin as { specifier?: unknown } | null)?.specifier === PLUGIN);
  if (hasPlugin && missing.length === 0) return { is: 'there' };
  if (!hasPlugin) {
    if (findNodeAtLocation(tree, ['jsPlugins']) === undefined) set(['jsPlugins'], [PLUGIN]);
    else set(['jsPlugins', -1], PLUGIN, true);
  }
  for (const [rule, entry] of missing) set(['rules', rule], entry);
  // Before the user's own overrides: theirs stay the last word.
  if (!overrides.some(isOurs)) {
    const override = { ...wanted.override, files: [...NOT_PRODUCTION, ...ignores] };
    if (findNodeAtLocation(tree, ['overrides']) === undefined) set(['overrides'], [override]);
    else set(['overrides', 0], override, true);
  }
  return { is: 'edited', text: bom + text };
}

const isOurs = (override: unknown): boolean => Object.keys((override as { rules?: object } | null)?.rules ?? {}).some((rule) => rule.startsWith('resilience/'));

/** As the file is written. */
function formatOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 1 : indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n', insertFinalNewline: false };
}

export const EMPTY_OXLINT = '{\n  "categories": { "correctness": "error" }\n}\n';
