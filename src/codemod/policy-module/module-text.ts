import { OUTCOMES, type OutcomesModel, type OutcomesName } from '../../models/outcomes.js';
import { isModuleOfPolicies } from '../../models/policy-module-names.js';
import type { SectionName } from '../../models/seam-types.js';
import { LIBRARIES, type LibraryName } from './libraries.js';
import type { ModuleLanguage } from './place.js';
import { SECTIONS, type Section } from './sections.js';
import { ATTEMPTS, FORMS, HEAD, NODE_IMPORTS, POLICY } from './shared-text.js';

/** Numbers that a new module begins with, times in ms. */
export interface StartingLimits {
  readonly deadline: number;
  readonly attempt: number;
  readonly retries: number;
  readonly backoff: number;
  readonly maxBackoff: number;
  readonly concurrency: number;
  /** Percent of the last `window` attempts. */
  readonly failureRate: number;
  readonly window: number;
  readonly halfOpenAfter: number;
}

/** A policy that a module is to hand out. */
export interface WantedPolicy {
  readonly name: string;
  /** Host, or the variable that holds the address: what tells one service from another. */
  readonly service: string;
  readonly outcomes: OutcomesName;
  /** What makes it fit the client. */
  readonly section: SectionName | null;
  /** The longest limit that its calls have, where all have one below the starting bound of an attempt, ms: who gives up sooner than an attempt may take counts for nothing. */
  readonly attempt?: number;
}

export interface NewModule {
  readonly language: ModuleLanguage;
  readonly limits: StartingLimits;
  readonly policies: readonly WantedPolicy[];
  /** A module of another package that has the machinery; absent: it is written here. */
  readonly from?: string;
  /** What it is made on; absent: cockatiel. */
  readonly library?: LibraryName;
  /** It is compiled to CommonJS without `esModuleInterop`, so that a default import would be `undefined`. */
  readonly withoutInterop?: boolean;
}

/** The text of a module of policies. */
export function newModule({ language, limits, policies, from, library = 'cockatiel', withoutInterop = false }: NewModule): string {
  const outcomes = outcomesOf(policies);
  const sections = sectionsOf(policies);
  if (from !== undefined) {
    const makers = [...new Map(policies.map((one) => [makerOf(one).call, makerOf(one)])).values()];
    // `Policy` is the type that sections ask for.
    const types = [...new Set([...(sections.some(({ makes }) => makes === undefined) ? ['Policy'] : []), ...makers.map(({ type }) => type)])].sort();
    const names = [...makers.map(({ call }) => call), ...outcomes.map(({ constant }) => constant)].sort().join(', ');
    const own = sections.filter(({ makes }) => makes === undefined);
    return inLanguage(`${own.map(({ imports }) => imports).join('')}import { ${names}«, ${types.map((type) => `type ${type}`).join(', ')}» } from '${from}';\n${own.map(({ text }) => text).join('')}${constantsOf(policies, false)}`, language);
  }
  const { imports, events, errors, guard } = LIBRARIES[library].text;
  const fromNode = NODE_IMPORTS.replace('{{events}}', [...events, 'setMaxListeners'].join(', '));
  const own = withoutInterop ? imports.replace(DEFAULT_IMPORT, 'import $1 = require($2);') : imports;
  const text = [HEAD, fromNode, ...sections.map((section) => section.imports), own, filled(FORMS, limits), errors, POLICY, guard, ATTEMPTS, ...sections.map((section) => section.text)].join('');
  return inLanguage(`${text}\n${outcomes.map(outcomesText).join('\n')}${constantsOf(policies, true)}`, language);
}

/**
 * A module with more policies than it has.
 * @returns `null` where it is no module of policies
 */
export function extendedModule(text: string, policies: readonly WantedPolicy[], language: ModuleLanguage): string | null {
  const from = sharedBy(text);
  if (from === null && !isModuleOfPolicies(text)) return null;
  const fresh = policies.filter(({ name }) => serviceIn(text, name) === undefined);
  const sections = (Object.entries(SECTIONS) as [SectionName, Section][]).filter(([name]) => policies.some(({ section }) => section === name) && !new RegExp(`\\bfunction ${name}\\b`).test(text)).map(([, section]) => section);
  if (fresh.length === 0 && sections.length === 0) return text;
  // What makes policies of another form is made of the machinery, which is in another package.
  if (!/\bfunction policy\(/.test(text) && sections.some(({ makes }) => makes !== undefined)) return null;
  const outcomes = outcomesOf(fresh).filter(({ constant }) => !new RegExp(`\\b${constant}\\b`).test(text));
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const fromShared = from === null || outcomes.length === 0 ? '' : `import { ${outcomes.map(({ constant }) => constant).join(', ')} } from '${from}';\n`;
  const imports = inLanguage(`${sections.map((section) => section.imports).join('')}${fromShared}`, language);
  const own = from === null ? outcomes.map((one) => `\n${outcomesText(one)}`).join('') : '';
  const added = inLanguage(`${sections.map((section) => section.text).join('')}${own}${constantsOf(fresh, /\bconst LIMITS\b/.test(text))}`, language);
  return `${withImports(text.trimEnd(), imports).replaceAll(/\r?\n/g, eol)}${eol}${added.replaceAll('\n', eol)}`;
}

/** The module of another package that `policy` is imported from, if it is. */
function sharedBy(text: string): string | null {
  const found = /\bimport\s*\{[^}]*\bpolicy\b[^}]*\}\s*from\s*['"]([^'"\n]+)['"]|\bconst\s*\{[^}]*\bpolicy\b[^}]*\}\s*=\s*require\(\s*['"]([^'"\n]+)['"]/.exec(text);
  return found?.[1] ?? found?.[2] ?? null;
}

/** Lines in front of the first import. */
function withImports(text: string, imports: string): string {
  const at = /^(?:import\b|const (?:\w+|\{[^}]*\}) = require\()/m.exec(text)?.index ?? 0;
  return `${text.slice(0, at)}${imports}${text.slice(at)}`;
}

function sectionsOf(policies: readonly WantedPolicy[]): readonly Section[] {
  return [...new Set(policies.flatMap(({ section }) => section ?? []))].sort().map((name) => SECTIONS[name]);
}

/**
 * The service that a policy of a module stands for.
 * @returns `undefined` where the module has none of this name, `null` where it does not say
 */
export function serviceIn(text: string, name: string): string | null | undefined {
  const found = new RegExp(`(?:/\\*\\* ([^\\n*]*) \\*/\\r?\\n)?(?:export const ${name}\\b|exports\\.${name} =)`).exec(text);
  return found === null ? undefined : (found[1] ?? null);
}

function outcomesOf(policies: readonly WantedPolicy[]): readonly OutcomesModel[] {
  return [...new Set(policies.map(({ outcomes }) => outcomes))].sort().map((name) => OUTCOMES[name]);
}

function outcomesText({ constant, title, status, transient, unsent }: OutcomesModel): string {
  const list = (items: readonly (string | number)[]): string => `[${items.map((item) => (typeof item === 'number' ? String(item) : quoted(item))).join(', ')}]`;
  return `/** How outcomes of ${title} are read. */\nexport const ${constant}«: Outcomes» = {\n  status: ${list(status)},\n  transient: ${list(transient)},\n  unsent: ${list(unsent)},\n};\n`;
}

/** @param hasLimits whether the module has limits of its own, that others may refer to */
function constantsOf(policies: readonly WantedPolicy[], hasLimits: boolean): string {
  const each = policies.filter(({ name }, index) => policies.findIndex((other) => other.name === name) === index);
  return each
    .map((one) => {
      const { call, type } = makerOf(one);
      const own = one.attempt !== undefined ? `{ attempt: ${grouped(one.attempt)} }` : one.section === null || !hasLimits ? undefined : SECTIONS[one.section].limits;
      return `\n/** ${one.service} */\nexport const ${one.name}«: ${type}» = ${call}('${one.name}', ${OUTCOMES[one.outcomes].constant}${own === undefined ? '' : `, ${own}`});\n`;
    })
    .join('');
}

/** The function of the module that makes a policy, and its type. */
function makerOf({ section }: WantedPolicy): { readonly call: string; readonly type: string } {
  const type = section === null ? undefined : SECTIONS[section].makes;
  return section === null || type === undefined ? { call: 'policy', type: 'Policy' } : { call: section, type };
}

function filled(text: string, limits: StartingLimits): string {
  const numbers: Readonly<Record<string, number>> = { ...limits, failureRate: limits.failureRate / 100 };
  return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => grouped(numbers[name]!));
}

const grouped = (number: number): string => (number >= 1_000 ? String(number).replace(/\B(?=(\d{3})+$)/g, '_') : String(number));

const DEFAULT_IMPORT = /^import (\w+) from ('[^']*');/gm;

/** Types are for TypeScript alone; CommonJS hands out at the place where an ES module exports. */
function inLanguage(text: string, language: ModuleLanguage): string {
  if (language === 'typescript') return text.replace(/[«»]/g, '');
  const plain = text.replace(/«[^»]*»/g, '');
  if (language === 'esm') return plain;
  const declared = [...plain.matchAll(/^export (?:async )?(?:function|class) (\w+)/gm)].map(([, name]) => name!);
  const handedOn = [...plain.matchAll(/^export \{ (.*) \};$/gm)].map(([, names]) => names!);
  const functions = [...handedOn, ...declared];
  return plain
    .replace(/^export \{ .* \};\n\n/gm, '')
    .replace(/^import \{([^}]*)\} from ('[^']*');/gm, (_whole, names: string, from: string) => `const {${names.replaceAll(' as ', ': ')}} = require(${from});`)
    .replace(DEFAULT_IMPORT, 'const $1 = require($2);')
    .replace(/^export const (\w+) =/gm, 'const $1 = exports.$1 =')
    .replace(/^export (?=(?:async )?(?:function|class) )/gm, '')
    .concat(functions.length === 0 ? '' : `\nObject.assign(exports, { ${functions.join(', ')} });\n`);
}

const quoted = (text: string): string => (text.includes("'") ? JSON.stringify(text) : `'${text}'`);
