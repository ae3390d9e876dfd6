/** What a run would do, or why it does nothing. */
export type InitPlan =
  | {
      readonly is: 'change';
      /** Absolute. */
      readonly path: string;
      /** `null`: the file is new. */
      readonly before: string | null;
      readonly after: string;
      /** What was looked at, and why it is to be so. */
      readonly why: readonly string[];
      /** How the result was tried. */
      readonly tried: string;
      /** What is left to somebody's own hands. */
      readonly hints: readonly string[];
    }
  | { readonly is: 'there'; readonly why: readonly string[]; readonly hints: readonly string[] }
  /** Nothing can be done safely; `lines` say what to do by hand. */
  | { readonly is: 'left'; readonly why: string; readonly lines: readonly string[] };

/** Asks somebody at a terminal; where nobody is, gives the answer that is meant. */
export type Ask = (question: string, usual: boolean) => Promise<boolean>;
