/** What we need of an issue of valibot. */
export interface Issue {
  readonly type: string;
  readonly kind: string;
  readonly expected: string | null;
  readonly received: string;
  readonly message: string;
  readonly input: unknown;
  readonly path?: readonly { readonly key: unknown; readonly input?: unknown }[] | undefined;
  readonly issues?: readonly Issue[] | undefined;
}

/** Turns an issue into a field's path and a sentence: what is expected, what is there, what may be meant. */
export function describeIssue(issue: Issue): { readonly path: string; readonly text: string } {
  const nested = innermost(issue);
  const path = pathOf([...(issue.path ?? []), ...(nested === issue ? [] : (nested.path ?? []))]);
  if (nested.type === 'strict_object' && nested.expected === 'never') {
    return { path, text: `unknown field${suggestion(lastKey(nested), FIELDS)}` };
  }
  const received = nested.received === 'undefined' ? 'nothing' : shown(nested.input, nested.received);
  if (nested.type === 'non_empty') return { path, text: 'must not be empty' };
  if (nested.kind === 'validation') return { path, text: `expected ${validation(nested)}, got ${received}` };
  if (isMissing(nested)) return { path, text: 'is missing' };
  const expected = (nested.expected ?? 'another value').replace(/^\((.*)\)$/, '$1');
  return { path, text: `expected ${plain(expected)}, got ${received}${suggestion(nested.input, optionsIn(expected))}` };
}

/** A union reports itself; where one branch fits but for a detail, the detail is what helps. */
function innermost(issue: Issue): Issue {
  const inner = issue.issues?.filter((candidate) => candidate.path !== undefined && candidate.path.length > 0);
  return issue.type === 'union' && inner?.length === 1 ? inner[0]! : issue;
}

function isMissing(issue: Issue): boolean {
  return issue.input === undefined && (issue.type === 'strict_object' || issue.expected?.startsWith('"') !== true) && issue.received === 'undefined';
}

function pathOf(steps: readonly { readonly key: unknown }[]): string {
  return steps
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : /^[A-Za-z_$][\w$]*$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(String(key))}]`))
    .join('');
}

const lastKey = (issue: Issue): unknown => issue.path?.at(-1)?.key;

// The issue does not tell which fields this schema has, so we suggest from all there are.
const FIELDS = [
  'id', 'title', 'kind', 'packages', 'versions', 'checked', 'globals', 'exports', 'clients', 'bounds', 'signal', 'mutators', 'seam', 'retry', 'errors', 'pool',
  'unbounded', 'mend', 'unmendable', 'movesMoney', 'unsaid', 'sources', 'verified', 'path', 'at', 'covers', 'unit', 'default', 'zero', 'rejects', 'requires', 'shorthand', 'off', 'env',
  'urlParameter', 'note', 'source', 'operations', 'members', 'perCall', 'harmless', 'types', 'registrations', 'options', 'url', 'effect', 'mode', 'lazy', 'chained',
  'streamWhen', 'streamBody', 'blockingWhen', 'empty', 'ends', 'makes', 'from', 'client', 'is', 'after', 'argument', 'does', 'subject', 'limit', 'cooperative', 'runs',
  'retries', 'option', 'methods', 'backoff', 'jitter', 'text', 'by', 'onClient', 'sets', 'affects', 'waits', 'byCommand', 'edits', 'chain',
  'beside', 'needed', 'plain', 'gives', 'patient', 'keys', 'noEdit', 'unboundedElsewhere', 'awaited', 'hands', 'computed', 'statics', 'driver', 'chosenBy', 'known', 'tagOnly', 'inProcess', 'storeOptions', 'collected', 'cache', 'role', 'key', 'field', 'value', 'loader', 'ttl', 'holds', 'word', 'limits', 'or', 'unless', 'byDriver',
];

function validation(issue: Issue): string {
  switch (issue.type) {
    case 'integer':
      return 'a whole number';
    case 'min_value':
      return `a number from ${String(issue.expected).replace('>=', '')} up`;
    default:
      return issue.expected ?? 'another value';
  }
}

/** Type names of the schema library, in words. */
function plain(expected: string): string {
  return expected.replace(/\bArray\b/g, 'a list').replace(/\bObject\b/g, 'an object').replace(/\bstring\b/g, 'text').replace(/(?<!a )\bnumber\b/g, 'a number').replace(/\bboolean\b/g, 'true or false');
}

function shown(input: unknown, received: string): string {
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' && input !== null ? 'an object' : received;
}

function optionsIn(expected: string): readonly string[] {
  return [...expected.matchAll(/"([^"]*)"/g)].map((match) => match[1]!);
}

function suggestion(given: unknown, options: readonly string[]): string {
  if (typeof given !== 'string') return '';
  let best: string | undefined;
  let least = Math.max(2, Math.floor(given.length / 3)) + 1;
  for (const option of options) {
    const distance = editDistance(given.toLowerCase(), option.toLowerCase());
    if (distance < least) {
      least = distance;
      best = option;
    }
  }
  return best === undefined ? '' : ` (did you mean "${best}"?)`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    previous = row;
  }
  return previous[b.length]!;
}
