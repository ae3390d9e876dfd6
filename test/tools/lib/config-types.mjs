/** Types of a configuration, from the schemas of rules and the options of codemods. */

const HEADER = '// Generated from the schemas of rules and the options of codemods by `npm run update`. Do not edit.\n';
const words = (values) => values.map((value) => `'${value}'`).join(' | ');
const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}.`;
const key = (name) => (/^[a-z]\w*$/i.test(name) ? name : `'${name}'`);

/** Refuses a form that it does not know: a type that is too wide would check nothing and say so to nobody. */
function typeOf(schema, where) {
  if (Array.isArray(schema.enum)) return words(schema.enum);
  if (schema.type === 'array' && schema.items !== undefined) return `readonly (${typeOf(schema.items, where)})[]`;
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'boolean' || schema.type === 'string') return schema.type;
  throw new Error(`${where}: no type is known for ${JSON.stringify(schema)}; add it to test/tools/lib/config-types.mjs`);
}

/** The tuple of what may follow the severity. */
function optionsOf(name, { schema, defaultOptions }, indent) {
  const list = Array.isArray(schema) ? schema : [schema];
  if (list.length === 0) return '[]';
  if (list.length > 1 || list[0].type !== 'object' || list[0].additionalProperties !== false) throw new Error(`${name}: expected one closed object of options`);
  const fields = Object.entries(list[0].properties);
  if (fields.length === 0) return '[Record<string, never>?]';
  const lines = fields.map(([field, property]) => {
    const standard = defaultOptions?.[0]?.[field];
    const text = `${property.description ?? ''}${standard === undefined ? '' : ` Default: \`${JSON.stringify(standard)}\`.`}`.trim();
    return `${indent}  /** ${text} */\n${indent}  readonly ${key(field)}?: ${typeOf(property, `${name}.${field}`)};\n`;
  });
  return `[{\n${lines.join('')}${indent}}?]`;
}

function typeOfOption(spec) {
  if (spec.type === 'list') return `readonly (${words(spec.of)})[]`;
  if (spec.type === 'choice') return words(spec.of);
  if (spec.type === 'boolean') return 'boolean';
  return spec.type === 'text' ? 'string' : 'number';
}

function codemodFields(codemods) {
  return Object.entries(codemods).map(([name, { description, options }]) => {
    const fields = Object.entries(options).map(([option, spec]) => `    /** ${spec.description} Default: \`${JSON.stringify(spec.default)}\`. */\n    readonly ${key(option)}?: ${typeOfOption(spec)};\n`);
    return `  /** ${sentence(description)} */\n  readonly '${name}'?: ${fields.length === 0 ? 'Record<string, never>' : `{\n${fields.join('')}  }`};\n`;
  });
}

/** ESLint's own tables of rules and settings; its declarations come in two forms, one for each kind of module. */
function augmentation(rules) {
  const fields = Object.entries(rules).map(
    ([name, { meta }]) => `    /**\n     * ${sentence(meta.docs.description)}\n     * @see ${meta.docs.url}\n     * @ts-ignore Optional beside an index signature. */\n    'resilience/${name}'?: ResilienceRules['resilience/${name}'];\n`,
  );
  return `// Where a package manager hides ESLint's own dependencies from its plugins, this names nothing and does nothing.
/** @ts-ignore */
declare module '@eslint/core' {
  interface RulesConfig {
${fields.join('')}  }
  interface SettingsConfig {
    /** What all rules of \`resilience\` share. */
    resilience?: ResilienceSettings;
  }
}
`;
}

export function configTypes(rules, presets, codemods) {
  const entries = Object.entries(rules).map(
    ([name, { meta }]) => `  /**\n   * ${sentence(meta.docs.description)}\n   * @see ${meta.docs.url}\n   */\n  'resilience/${name}'?: RuleEntry<${optionsOf(name, meta, '  ')}>;\n`,
  );
  return `${HEADER}/** @ts-ignore Before 5.3 a compiler has no syntax for a type of an ES module in a CommonJS one. */
import type { GivenModels } from './models/given-models.js';

export type RuleName = ${words(Object.keys(rules))};

export type PresetName = ${words(presets)};

type Severity = 0 | 1 | 2 | 'off' | 'warn' | 'error';

/** A severity, alone or with options. */
export type RuleEntry<Options extends unknown[]> = Severity | [Severity, ...Options];

/** The entries of \`rules\` that this plugin knows. A type and no interface: only such a one fits ESLint's \`RulesConfig\`. */
export type ResilienceRules = {
${entries.join('')}};

/** Options of codemods, by name. */
export interface CodemodSettings {
${codemodFields(codemods).join('')}}

/** \`settings.resilience\`. */
export interface ResilienceSettings {
  /** Read other files of the project. Default: \`true\`. */
  readonly crossFile?: boolean;
  /** Where the code runs, where detection is wrong. */
  readonly runtime?: 'node' | 'browser' | 'worker' | 'script' | 'unknown';
  /** What your own or unlisted libraries do. */
  readonly models?: GivenModels;
  /** Options of codemods; flags of the command line win. */
  readonly codemods?: CodemodSettings;
  /** Written by \`withProject()\`. */
  readonly workspaceFingerprint?: string;
}

${augmentation(rules)}`;
}

/** The same tables as an ES module sees them. */
export function configTypesForModules(rules) {
  return `${HEADER}import type { ResilienceRules, ResilienceSettings } from './config-types.cjs';

export type { CodemodSettings, PresetName, ResilienceRules, ResilienceSettings, RuleName } from './config-types.cjs';

${augmentation(rules)}`;
}
