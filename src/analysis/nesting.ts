/**
 * Parsers call themselves once a level, and a native one that runs out of stack takes the process with it. No error can
 * be caught then, so the depth is estimated from the text first.
 */

/**
 * Weights by the stack that a level takes. Tried with oxc-parser 0.159 in a thread, which has 4 MB: it fails at some 840
 * functions in functions, 2,000 templates or types, 2,800 brackets, 3,100 `else`, 4,000 conditions or assignments, and
 * more than 11,000 operators in a row. The main thread has twice as much.
 */
const BRACKET = 6;
const TEMPLATE_PART = 8;
const TYPE_OR_TAG = 7;
const CHAINED = 5;
const OPERATOR = 1;
/** Reached at two thirds of what was tried, or less. */
const LIMIT = 10_000;

/** Each of these may hold the next without a bracket: `else if`, loops in loops. */
const STATEMENTS: ReadonlySet<string> = new Set(['else', 'while', 'for', 'if', 'with', 'do']);
const PREFIXES: ReadonlySet<string> = new Set(['return', 'typeof', 'await', 'void', 'delete', 'new', 'keyof', 'in', 'of', 'instanceof', 'yield', 'throw', 'case', 'extends', 'as']);
/** No statement begins with these: a line break or a semicolon before them ends nothing. */
const CONTINUATIONS: ReadonlySet<string> = new Set(['else', 'instanceof', 'in', 'of', 'as', 'extends']);
const TEMPLATE = 96;

/** Would a parser go deeper than is safe? Errs on the side of yes, for code that nobody writes by hand. */
export function nestsTooDeep(text: string): boolean {
  // Each level takes a character at least.
  return text.length * TEMPLATE_PART > LIMIT && new NestingScan(text).exceeds();
}

class NestingScan {
  readonly #text: string;
  #at = 0;
  #units = 0;
  /** What stands in a row in the innermost bracket. */
  #chain = 0;
  readonly #outer: number[] = [];
  readonly #openers: number[] = [];
  /** Does the last token end an expression? Then a slash divides, and a word in the next line begins a statement. */
  #ends = false;
  #afterBrace = false;
  #afterElse = false;
  #newLine = false;
  #statementOver = false;

  constructor(text: string) {
    this.#text = text;
  }

  exceeds(): boolean {
    while (this.#at < this.#text.length) {
      this.#step(this.#text.charCodeAt(this.#at));
      if (this.#units > LIMIT) return true;
    }
    return false;
  }

  #step(code: number): void {
    if (code <= 32) {
      if (code === 10) this.#newLine = true;
      this.#at += 1;
      return;
    }
    const next = this.#text.charCodeAt(this.#at + 1);
    if (code === 47 && (next === 47 || next === 42)) return this.#comment(next);
    if (isWord(code)) return this.#word();
    if (code === 34 || code === 39) return this.#string(code);
    if (code === 40 || code === 91 || code === 123) return this.#open(code, BRACKET);
    if (code === 41 || code === 93 || code === 125) return this.#close(code);
    if (code === TEMPLATE) {
      this.#at += 1;
      return this.#template();
    }
    if (code === 47 && !this.#ends && next !== 62) return this.#regularExpression();
    this.#operator(code, next);
  }

  /** A type or a tag ends with `>`; attributes of elements stand beside each other, which `c={` and `c="` tell. */
  #operator(code: number, next: number): void {
    this.#at += 1;
    this.#newLine = false;
    this.#ends = false;
    if (code === 59) this.#statementOver = true;
    else if (code === 44) this.#startOver();
    else if (code === 63 && next !== 46 && next !== 63) this.#add(CHAINED);
    else if (code === 61 && next !== 61 && this.#text.charCodeAt(this.#at - 2) !== 61) this.#add(next === 123 || next === 34 ? 0 : CHAINED);
    else if (code === 60 && next === 47) this.#closingTag();
    else if (code === 60 && (isWord(next) || next === 62)) this.#add(TYPE_OR_TAG);
    else if (code === 47 && next === 62) this.#add(-TYPE_OR_TAG);
    else if (code === 62 && this.#text.charCodeAt(this.#at - 2) !== 61) this.#ends = true;
    else this.#add(OPERATOR);
  }

  #closingTag(): void {
    // Its slash begins no regular expression.
    this.#at += 1;
    this.#add(-TYPE_OR_TAG);
  }

  #word(): void {
    const begin = this.#at;
    while (isWord(this.#text.charCodeAt(this.#at))) this.#at += 1;
    const word = this.#text.slice(begin, this.#at);
    const startsStatement = this.#statementOver || (this.#newLine && this.#ends) || (this.#afterBrace && STATEMENTS.has(word)) || word === 'case';
    if (startsStatement && !CONTINUATIONS.has(word)) this.#startOver();
    if ((STATEMENTS.has(word) && !this.#afterElse) || word === 'function') this.#add(CHAINED);
    else if (PREFIXES.has(word)) this.#add(OPERATOR);
    this.#ended(!PREFIXES.has(word) && !STATEMENTS.has(word));
    // `else if` is one level.
    this.#afterElse = word === 'else';
  }

  #string(quote: number): void {
    this.#at += 1;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      // None goes on in the next line: it was the apostrophe of a text in JSX.
      if (code === quote || code === 10) break;
      if (code === 92) this.#at += 1;
    }
    this.#at += 1;
    this.#ended(true);
  }

  #template(): void {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 92) this.#at += 1;
      else if (code === TEMPLATE) break;
      else if (code === 36 && this.#text.charCodeAt(this.#at + 1) === 123) {
        this.#at += 1;
        return this.#open(TEMPLATE, TEMPLATE_PART);
      }
    }
    this.#at += 1;
    this.#ended(true);
  }

  #regularExpression(): void {
    let inClass = false;
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 10 || (code === 47 && !inClass)) break;
      if (code === 92) this.#at += 1;
      else if (code === 91) inClass = true;
      else if (code === 93) inClass = false;
    }
    this.#at += 1;
    this.#ended(true);
  }

  #comment(second: number): void {
    const end = second === 47 ? this.#text.indexOf('\n', this.#at) : this.#text.indexOf('*/', this.#at + 2);
    this.#at = end < 0 ? this.#text.length : second === 47 ? end : end + 2;
  }

  #open(opener: number, weight: number): void {
    this.#at += 1;
    // A call or an index of what stands before it: `f()()()`.
    if (this.#ends && opener !== TEMPLATE) this.#add(OPERATOR);
    this.#outer.push(this.#chain, weight);
    this.#openers.push(opener);
    this.#chain = 0;
    this.#units += weight;
    this.#ended(false);
  }

  #close(code: number): void {
    this.#at += 1;
    this.#ended(true);
    this.#afterBrace = code === 125;
    const opener = this.#openers.pop();
    if (opener === undefined) return;
    this.#startOver();
    this.#units -= this.#outer.pop()!;
    this.#chain = this.#outer.pop()!;
    if (opener === TEMPLATE) this.#template();
  }

  #ended(expression: boolean): void {
    this.#ends = expression;
    this.#afterElse = false;
    this.#afterBrace = false;
    this.#newLine = false;
    this.#statementOver = false;
  }

  #add(weight: number): void {
    const kept = Math.max(0, this.#chain + weight);
    this.#units += kept - this.#chain;
    this.#chain = kept;
  }

  #startOver(): void {
    this.#units -= this.#chain;
    this.#chain = 0;
  }
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36 || code > 127;
}
