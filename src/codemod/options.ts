/** One option of a codemod. */
export type OptionSpec =
  | { readonly type: 'ms'; readonly default: number; readonly description: string }
  | { readonly type: 'number'; readonly default: number; readonly max?: number; readonly description: string }
  | { readonly type: 'boolean'; readonly default: boolean; readonly description: string }
  /** One of these words. */
  | { readonly type: 'choice'; readonly of: readonly string[]; readonly default: string; readonly description: string }
  | { readonly type: 'text'; readonly default: string; readonly description: string }
  /** One or more of these words. */
  | { readonly type: 'list'; readonly of: readonly string[]; readonly default: readonly string[]; readonly description: string };

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type ValueOf<Spec extends OptionSpec> = Spec extends { readonly type: 'boolean' } ? boolean : Spec extends { readonly type: 'list' } ? readonly string[] : Spec extends { readonly type: 'choice' | 'text' } ? string : number;

export type OptionValues<Specs extends OptionSpecs = OptionSpecs> = { readonly [Name in keyof Specs]: ValueOf<Specs[Name]> };

/** Thrown for an option that does not exist or has a value of another kind; the message says what is wanted. */
export class CodemodOptionError extends Error {
  override readonly name = 'CodemodOptionError';
}

/** The longest delay of a timer, ms. */
const MAX_MS = 2 ** 31 - 1;

/**
 * Values of a codemod's options.
 * @param given by name: from `settings.resilience.codemods`, or as text from the command line
 * @throws CodemodOptionError
 */
export function readOptions<Specs extends OptionSpecs>(codemod: string, specs: Specs, given: Readonly<Record<string, unknown>>): OptionValues<Specs> {
  const values: Record<string, unknown> = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
  for (const [name, value] of Object.entries(given)) {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (spec === undefined) {
      const known = Object.keys(specs);
      throw new CodemodOptionError(`${codemod} has no option "${name}"${known.length === 0 ? '' : `; it has ${known.join(', ')}`}.`);
    }
    values[name] = readValue(`${codemod}: ${name}`, spec, value);
  }
  return values as OptionValues<Specs>;
}

function readValue(label: string, spec: OptionSpec, value: unknown): unknown {
  switch (spec.type) {
    case 'boolean':
      if (value === true || value === 'true') return true;
      if (value === false || value === 'false') return false;
      throw new CodemodOptionError(`${label} is true or false, not ${JSON.stringify(value)}.`);
    case 'choice':
      if (typeof value === 'string' && spec.of.includes(value)) return value;
      throw new CodemodOptionError(`${label} is one of ${spec.of.join(', ')}, not ${JSON.stringify(value)}.`);
    case 'text':
      if (typeof value === 'string' && value.trim() !== '') return value.trim();
      throw new CodemodOptionError(`${label} is a text, not ${JSON.stringify(value)}.`);
    case 'list': {
      const items = typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
      if (!Array.isArray(items) || items.length === 0 || items.some((item) => !spec.of.includes(item as string))) {
        throw new CodemodOptionError(`${label} is one or more of ${spec.of.join(', ')} (with commas between), not ${JSON.stringify(value)}.`);
      }
      return [...new Set(items as string[])];
    }
    default: {
      const number = typeof value === 'string' && /^\d[\d_]*$/.test(value) ? Number(value.replaceAll('_', '')) : value;
      const max = spec.type === 'number' ? (spec.max ?? MAX_MS) : MAX_MS;
      if (typeof number !== 'number' || !Number.isInteger(number) || number < 1 || number > max) {
        throw new CodemodOptionError(`${label} is a whole number${spec.type === 'ms' ? ' of milliseconds' : ''} from 1 to ${max}, not ${JSON.stringify(value)}.`);
      }
      return number;
    }
  }
}
