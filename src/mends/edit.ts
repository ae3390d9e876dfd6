/** A replacement of text: `range` in the file's text without its BOM. */
export interface Edit {
  readonly range: readonly [number, number];
  readonly text: string;
}

/** What a mend gives: edits of one file, as text only. */
export interface Mend {
  readonly edits: readonly Edit[];
  /** What it does, completing "Suggestion: …". */
  readonly title: string;
  /** `behaviour`: it changes what the program does, so a person has to agree. */
  readonly safety: 'safe' | 'behaviour';
}
