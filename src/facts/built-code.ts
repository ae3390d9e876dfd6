import { LIBRARY_FOLDER, LICENSE_HEADER, VENDOR_FOLDER } from '../models/error-names.js';

const SIZE = 5000;
const LINE = 300;
const HEAD = 1000;
const GENERATED_HEAD = 400;

/** Code that a tool wrote and somebody checked in, told by its long lines: nobody edits it. */
export function isBuiltCode(text: string): boolean {
  if (text.length < SIZE) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines > LINE;
}

/** Does the head of a text say that a tool wrote it? */
export function saysGenerated(text: string): boolean {
  return /@generated|DO NOT EDIT/.test(text.slice(0, GENERATED_HEAD));
}

/** Other people's code that lies in the project, told by its folder; in `lib` and `libs`, if it is JavaScript whose head names a licence. */
export function isVendoredCode(path: string, text: string): boolean {
  return VENDOR_FOLDER.test(path) || (LIBRARY_FOLDER.test(path) && LICENSE_HEADER.test(text.slice(0, HEAD)));
}
