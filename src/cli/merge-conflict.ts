/** Does a text hold what git leaves where two sides disagree? */
export function hasConflict(text: string): boolean {
  return /^<{7} /m.test(text) && /^>{7} /m.test(text);
}
