/** Helpers of the tools: names, marked sections, differences. */

/** `require-timeout` -> `requireTimeout`. */
export function camelCase(name) {
  return name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

/** Why a name cannot be used, or null. */
export function nameProblem(name) {
  if (name === undefined || name === '') return 'a name is needed';
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) return `"${name}" is not kebab-case (letters, digits and single hyphens)`;
  if (name.length > 60) return `"${name}" is longer than 60 characters`;
  return null;
}

const begin = (section) => `<!-- generated: ${section} -->`;
const end = (section) => `<!-- /generated: ${section} -->`;

/** The text of a marked section, markers included. */
function marked(section, body) {
  return `${begin(section)}\n${body.trim()}\n${end(section)}`;
}

/** Replaces a marked section; null when the markers are not there. */
export function replaceSection(text, section, body) {
  const from = text.indexOf(begin(section));
  const to = text.indexOf(end(section));
  if (from === -1 || to === -1 || to < from) return null;
  return text.slice(0, from) + marked(section, body) + text.slice(to + end(section).length);
}

/** Replaces a marked section, or puts it below a level-two heading; unchanged where neither is there. */
export function placeUnderHeading(text, heading, section, body) {
  const replaced = replaceSection(text, section, body);
  if (replaced !== null) return replaced;
  const match = new RegExp(`^## ${heading}[ \\t]*\\n`, 'm').exec(text);
  if (match === null) return text;
  const at = match.index + match[0].length;
  return `${text.slice(0, at)}\n${marked(section, body)}\n${text.slice(at)}`;
}

/** Replaces a marked header, or the first heading of level one, or puts it on top. */
export function placeHeader(text, body) {
  const replaced = replaceSection(text, 'header', body);
  if (replaced !== null) return replaced;
  const heading = /^# .*\n+/m.exec(text);
  if (heading === null) return `${marked('header', body)}\n\n${text.trimStart()}`;
  return `${text.slice(0, heading.index)}${marked('header', body)}\n\n${text.slice(heading.index + heading[0].length)}`;
}

/** A Markdown table. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** The lines that differ between two texts, with two lines of context: enough to see what is stale. */
export function difference(path, before, after) {
  const a = before.split('\n');
  const b = after.split('\n');
  // Common head and tail need no table; what is left of a generated file is small.
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const lines = [`--- ${path}`, `+++ ${path} (regenerated)`, `@@ line ${head + 1} @@`];
  for (const text of a.slice(Math.max(0, head - 2), head)) lines.push(` ${text}`);
  for (const text of a.slice(head, a.length - tail)) lines.push(`-${text}`);
  for (const text of b.slice(head, b.length - tail)) lines.push(`+${text}`);
  for (const text of b.slice(b.length - tail, Math.min(b.length, b.length - tail + 2))) lines.push(` ${text}`);
  return lines.join('\n');
}
