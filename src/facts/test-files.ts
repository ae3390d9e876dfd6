/** Modules of test runners. */
const RUNNER = /\b(?:from|require\()\s*['"](?:vitest|@jest\/globals|node:test|bun:test|mocha|ava|tap|uvu|jasmine|@playwright\/test)['"]/;
/** What a test file takes of them. */
const TAKEN = /\b(?:describe|it|test|suite)\b/;

/** Does the file take `describe`, `it` or `test` from a test runner? Then it is a test, whatever its name. By its text. */
export function isTestFile(text: string): boolean {
  const found = RUNNER.exec(text);
  if (found === null) return false;
  const start = Math.max(text.lastIndexOf('import', found.index), text.lastIndexOf('\n', found.index), 0);
  return TAKEN.test(text.slice(start, found.index)) || /['"](?:node:test|ava|tap)['"]/.test(found[0]);
}
