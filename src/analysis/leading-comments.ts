/** What stands before the first token of a file. */
export interface Head {
  /** The comments (and a hashbang), with their delimiters. */
  readonly comments: readonly string[];
  /** Offset of the first token; the text's length where there is none. */
  readonly end: number;
}

/** Reads leading blanks and comments by walking: one pattern for it would backtrack without end. */
export function headOf(text: string): Head {
  const comments: string[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at++;
    const isLine = text.startsWith('//', at) || (at <= 1 && text.startsWith('#!', at));
    if (!isLine && !text.startsWith('/*', at)) return { comments, end: at };
    const close = isLine ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
    if (close === -1) return { comments: [...comments, text.slice(at)], end: text.length };
    const end = isLine ? close + 1 : close + 2;
    comments.push(text.slice(at, end));
    at = end;
  }
}
