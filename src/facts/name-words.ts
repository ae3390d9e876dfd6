/** The words of a name, in lower case: `deleteOldRows`, `DELETE_OLD_ROWS` and `$deleteOldRows` give `delete old rows`. */
export function wordsIn(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** `clean up` and `cleanup` are one word. */
export function joined(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => (/^(?:up|down|off|out)$/.test(words[index + 1] ?? '') ? [word, word + words[index + 1]!] : [word]));
}
