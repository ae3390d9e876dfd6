/** Where lines end for ESLint; a language server knows no more than the first three. */
const LINE_END = /\r\n|[\n\r\u2028\u2029]/;

/** `line:column` of an offset, 1-based, in UTF-16 units. */
export function placeAt(text, offset) {
  const before = text.slice(0, offset).split(LINE_END);
  return `${before.length}:${before.at(-1).length + 1}`;
}
