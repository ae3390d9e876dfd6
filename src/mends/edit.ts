/** A replacement of text: `range` in the file's text without its BOM. */
export interface Edit {
  readonly range: readonly [number, number];
  readonly text: string;
  /** A helper that several mends of a file ask for in the same words: it is written once. */
  readonly shared?: true;
}

/** Are these one and the same helper? */
export function isSameShared(one: Edit, other: Edit): boolean {
  return one.shared === true && other.shared === true && one.range[0] === other.range[0] && one.range[1] === other.range[1] && one.text === other.text;
}

/** What a mend gives: edits of one file, as text only. */
export interface Mend {
  readonly edits: readonly Edit[];
  /** What it does, completing "Suggestion: …". */
  readonly title: string;
  /** `behaviour`: it changes what the program does, so a person has to agree. */
  readonly safety: 'safe' | 'behaviour';
}
