/** How many rows a statement can answer. `unknown`: its text does not tell. */
export type Rows = 'always-some' | 'may-be-none' | 'unknown';

/** Stands where a part of the text is not known. */
export const UNKNOWN = '\u0000';
/** A text longer than this is not read. */
const MAX_LENGTH = 20_000;

/** Functions that make one row of many. Not those with `over (…)`, which make none. */
const AGGREGATE =
  /^(?:count|sum|max|min|avg|total|every|some|any_value|array_agg|json_agg|jsonb_agg|json_object_agg|jsonb_object_agg|json_arrayagg|json_objectagg|json_group_array|json_group_object|string_agg|group_concat|listagg|xmlagg|bool_and|bool_or|bit_and|bit_or|bit_xor|stddev|stddev_pop|stddev_samp|variance|var_pop|var_samp|corr|covar_pop|covar_samp|regr_\w+|mode|percentile_cont|percentile_disc|approx_count_distinct|st_extent|st_union|st_collect|tolist|countif|uniq|quantile)$/;

export type Token = string | readonly Token[];

/**
 * Can a statement answer no row?
 * - SELECT, and UPDATE or DELETE with RETURNING, can where they have a WHERE
 * - an aggregate without GROUP BY and HAVING, EXISTS, and a SELECT without FROM cannot
 * - INSERT … RETURNING only with ON CONFLICT DO NOTHING, or where it inserts what a SELECT finds
 * @param parts its text; `null` for a part that is not known
 */
export function rowsOf(parts: readonly (string | null)[]): Rows {
  const text = parts.map((part) => part ?? ` ${UNKNOWN} `).join('');
  if (text.length > MAX_LENGTH) return 'unknown';
  const tokens = tokensOf(text);
  if (tokens === null) return 'unknown';
  while (tokens.at(-1) === ';') tokens.pop();
  // Of several statements drivers answer differently.
  return tokens.includes(';') ? 'unknown' : statement(tokens);
}

/** Words and groups in parentheses, lower case, without comments; a text or quoted name is one token. */
export function tokensOf(text: string): Token[] | null {
  const root: Token[] = [];
  const stack: Token[][] = [root];
  const pattern = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`[^`]*`|\$(\w*)\$[\s\S]*?\$\1\$|[\w$.@:]+|[();,]|\u0000|[^\s\w]/g;
  for (const match of text.matchAll(pattern)) {
    const found = match[0];
    if (found.startsWith('--') || found.startsWith('/*')) continue;
    if (found === '(') {
      const group: Token[] = [];
      stack.at(-1)!.push(group);
      stack.push(group);
    } else if (found === ')') {
      if (stack.length === 1) return null;
      stack.pop();
    } else if (/^['$]/.test(found) && found.length > 1 && !/^\$\d+$/.test(found)) stack.at(-1)!.push("''");
    else stack.at(-1)!.push(/^["`]/.test(found) ? '"name"' : found.toLowerCase());
  }
  return stack.length === 1 ? root : null;
}

function statement(tokens: readonly Token[]): Rows {
  switch (tokens[0]) {
    case 'with':
      return statement(afterWith(tokens));
    case 'select':
      return select(tokens);
    case 'insert':
      return insert(tokens);
    case 'update':
    case 'delete':
      return tokens.includes('returning') && filters(tokens) ? 'may-be-none' : 'unknown';
    case 'values':
      return 'always-some';
    default:
      // A statement in parentheses.
      return tokens.length === 1 && typeof tokens[0] === 'object' ? statement(tokens[0]) : 'unknown';
  }
}

/** What follows `with a as (…), b as (…)`. */
function afterWith(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex((token) => token === 'select' || token === 'insert' || token === 'update' || token === 'delete');
  return at === -1 ? [] : tokens.slice(at);
}

function select(tokens: readonly Token[]): Rows {
  if (tokens.some((token) => token === 'union' || token === 'intersect' || token === 'except')) return 'unknown';
  const from = tokens.indexOf('from');
  const list = tokens.slice(1, from === -1 ? undefined : from);
  // What is not known may be an aggregate.
  if (mentionsUnknown(list)) return 'unknown';
  const where = tokens.indexOf('where');
  if (from === -1 || tokens[from + 1] === 'dual') return where !== -1 || returnsSet(list) ? 'unknown' : 'always-some';
  const groups = tokens.includes('group') || tokens.includes('having');
  if (aggregates(list)) {
    if (!groups) return tokens.includes('offset') ? 'unknown' : 'always-some';
    return filters(tokens) || tokens.includes('having') ? 'may-be-none' : 'unknown';
  }
  // A function may answer a row whatever it is asked.
  if (typeof tokens[from + 1] === 'string' && isGroup(tokens[from + 2]) && !/^(?:join|left|where|on)$/.test(String(tokens[from + 1]))) return 'unknown';
  return filters(tokens) ? 'may-be-none' : 'unknown';
}

function insert(tokens: readonly Token[]): Rows {
  if (!tokens.includes('returning')) return 'unknown';
  const conflict = tokens.indexOf('conflict');
  if (conflict !== -1) {
    const rest = tokens.slice(conflict);
    const does = rest.indexOf('do');
    if (rest[does + 1] === 'nothing') return 'may-be-none';
    // DO UPDATE … WHERE answers nothing for rows that it leaves alone.
    if (rest[does + 1] === 'update') return rest.slice(does).includes('where') ? 'may-be-none' : 'always-some';
    return 'unknown';
  }
  const source = tokens.find((token) => token === 'values' || token === 'select' || token === 'default');
  if (source === 'select') return statement(tokens.slice(tokens.indexOf('select')));
  return source === undefined ? 'unknown' : 'always-some';
}

/** A WHERE that says something: `where 1=1` alone does not. */
function filters(tokens: readonly Token[]): boolean {
  const where = tokens.indexOf('where');
  if (where === -1) return false;
  const rest = tokens.slice(where + 1);
  const end = rest.findIndex((token) => token === 'group' || token === 'order' || token === 'limit' || token === 'returning' || token === 'for' || token === 'offset');
  const condition = rest.slice(0, end === -1 ? undefined : end);
  const text = condition.map(String).join('');
  return !/^(?:1=1|true|)$/.test(text);
}

function mentionsUnknown(tokens: readonly Token[]): boolean {
  return tokens.some((token) => (isGroup(token) ? mentionsUnknown(token) : token.includes(UNKNOWN)));
}

export const isGroup = (token: Token | undefined): token is readonly Token[] => typeof token === 'object';

/** An aggregate in a list of columns, not in a subquery there, and not over a window. */
function aggregates(tokens: readonly Token[]): boolean {
  return tokens.some((token, i) => {
    if (isGroup(token)) return token[0] !== 'select' && token[0] !== 'with' && aggregates(token);
    return AGGREGATE.test(token) && isGroup(tokens[i + 1]) && tokens[i + 2] !== 'over' && !(tokens[i + 2] === 'filter' && tokens[i + 4] === 'over');
  });
}

/** `select unnest($1)` answers a row for each item. */
function returnsSet(tokens: readonly Token[]): boolean {
  return tokens.some((token) => (isGroup(token) ? token[0] !== 'select' && returnsSet(token) : /^(?:unnest|generate_series|generate_subscripts|json\w*_(?:each|array_elements|object_keys|populate_recordset)\w*|regexp_matches|regexp_split_to_table|string_to_table)$/.test(token)));
}
