import type { TSESTree } from '@typescript-eslint/types';
import { presetNames, type PresetName } from '../../configs.js';
import { rules } from '../../../rules/index.js';
import { nodesOf, type ModuleBinding } from './module-bindings.js';

export const PLUGIN = 'eslint-plugin-resilience';

/** By which expressions a file reaches this plugin. */
export interface OwnNames {
  /** Gives the plugin; `null` where the file does not import it whole. */
  readonly plugin: string | null;
  /** Gives its presets. */
  readonly configs: string | null;
}

export function ownNames(bindings: ReadonlyMap<string, ModuleBinding>): OwnNames {
  const own = [...bindings].filter(([, { module }]) => module === PLUGIN);
  const plugin = own.find(([, { name }]) => name === 'default' || name === '*')?.[0] ?? null;
  const named = own.find(([, { name }]) => name === 'configs')?.[0] ?? null;
  return { plugin, configs: named ?? (plugin === null ? null : `${plugin}.configs`) };
}

export interface PresetUse {
  readonly preset: PresetName;
  /** Offset in the text without its BOM. */
  readonly at: number;
}

/** The presets of this plugin that a file names: `resilience.configs.strict`, `'resilience/strict'` in `extends`. */
export function presetUses(program: TSESTree.Program, bindings: ReadonlyMap<string, ModuleBinding>): readonly PresetUse[] {
  const known = presetNames(rules);
  const { plugin, configs } = ownNames(bindings);
  const uses: PresetUse[] = [];
  const add = (name: string | null, at: number): void => {
    const preset = known.find((one) => one === name);
    if (preset !== undefined) uses.push({ preset, at });
  };
  for (const node of nodesOf(program)) {
    if (node.type === 'MemberExpression' && isConfigs(node.object, plugin, configs)) add(propertyOf(node), node.range[0]);
    else if (node.type === 'Literal' && typeof node.value === 'string' && node.value.startsWith('resilience/')) add(node.value.slice('resilience/'.length), node.range[0]);
  }
  return uses;
}

function isConfigs(node: TSESTree.Node, plugin: string | null, configs: string | null): boolean {
  if (node.type === 'Identifier') return node.name === configs;
  if (node.type !== 'MemberExpression' || propertyOf(node) !== 'configs') return false;
  return node.object.type === 'Identifier' ? node.object.name === plugin : node.object.type === 'MemberExpression' && propertyOf(node.object) === 'default';
}

function propertyOf(node: TSESTree.MemberExpression): string | null {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : null;
  return node.property.type === 'Literal' ? String(node.property.value) : null;
}

/** Does one preset hold all rules of another? */
export function coversPreset(used: PresetName, wanted: PresetName): boolean {
  return used === wanted || used === 'all' || (used === 'strict' && wanted === 'recommended');
}
