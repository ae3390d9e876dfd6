/** A number as code has it: from ten thousand on in groups of three, `30_000`. */
export function numberText(number: number): string {
  return number >= 10_000 ? String(number).replace(/\B(?=(\d{3})+(?!\d))/g, '_') : String(number);
}
