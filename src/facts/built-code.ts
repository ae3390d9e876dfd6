const SIZE = 5000;
const LINE = 500;

/** Code that a tool wrote and somebody checked in, told by its long lines: nobody edits it. */
export function isBuiltCode(text: string): boolean {
  if (text.length < SIZE) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines > LINE;
}
