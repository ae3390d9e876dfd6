/**
 * Places that look like outbound calls, found by text alone. Independent of `src/` on purpose: a
 * measure of what the rules decide must not ask the rules which places there are.
 */
import { createHash } from 'node:crypto';

const VERB = '(?:get|post|put|patch|delete|head|options|request)';

/** `needs`: text that the file must hold, so that a common name is not taken for the library. */
const PATTERNS = [
  { kind: 'fetch', call: /(?<![\w.$#])(?:globalThis\.|self\.)?fetch\(/g },
  { kind: 'axios', needs: /['"]axios['"]/, call: new RegExp(`(?<![\\w.$])axios(?:\\.${VERB})?(?:<[^()]*>)?\\(`, 'g') },
  { kind: 'got', needs: /['"]got['"]/, call: /(?<![\w.$])got(?:\.(?:get|post|put|patch|delete|head|stream))?(?:<[^()]*>)?\(/g },
  { kind: 'ky', needs: /['"]ky['"]/, call: /(?<![\w.$])ky(?:\.(?:get|post|put|patch|delete|head))?(?:<[^()]*>)?\(/g },
  { kind: 'node:http', needs: /['"](?:node:)?https?['"]/, call: /(?<![\w.$])https?\.(?:request|get)\(/g },
  { kind: 'undici', needs: /['"]undici['"]/, call: /(?<![\w.$])(?:undici\.)?request\(/g },
  { kind: 'HttpService', needs: /['"]@nestjs\/axios['"]/, call: new RegExp(`\\bthis\\.\\w*[hH]ttp\\w*\\.${VERB}(?:<[^()]*>)?\\(`, 'g') },
  { kind: 'grpc', needs: /['"]@grpc\/grpc-js['"]/, call: /\b(?:this\.)?\w*[cC]lient\.(?!close|waitForReady|getChannel|makeUnaryRequest)[a-z]\w+\(/g },
];

const NOT_PRODUCTION = /(?:^|\/)(?:tests?|__tests__|__mocks__|e2e|specs?|fixtures?|scripts?|migrations?|seeds?|examples?|bench(?:marks)?|cypress|playwright|stories|node_modules|dist|build|\.\w+)\/|\.(?:test|spec|e2e|stories|config|d)\.[cm]?[jt]sx?$|\.min\.js$/;

/** Source files of production code, by name alone. */
export function isProductionSource(path) {
  return /\.[cm]?[jt]sx?$/.test(path) && !NOT_PRODUCTION.test(path);
}

/** Sites of one file, 1-based lines. Whole-line comments and declarations are not calls. */
export function sitesIn(path, text) {
  const sites = [];
  const patterns = PATTERNS.filter(({ needs }) => needs === undefined || needs.test(text));
  if (patterns.length === 0) return sites;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(?:\/\/|\*|\/\*)/.test(line)) continue;
    for (const { kind, call } of patterns) {
      for (const match of line.matchAll(call)) {
        const before = line.slice(0, match.index);
        // `function fetch(`, a method `async fetch(…) {`, or text in a string or trailing comment.
        if (/\b(?:function|static|private|public|protected)\s+(?:async\s+)?\*?\s*$/.test(before) || /\/\/|['"`][^'"`]*$/.test(before.replace(/(['"`])(?:\\.|(?!\1).)*\1/g, ''))) continue;
        if (/^\s*(?:async\s+)?$/.test(before) && /\)\s*(?::[^=]+)?\{\s*$/.test(line)) continue;
        sites.push({ path, line: index + 1, column: match.index + 1, kind });
      }
    }
  }
  return sites;
}

/** `count` sites by the smallest hashes. */
export function chooseSites(sites, count) {
  const key = (site) => createHash('sha256').update(`${site.repository}:${site.path}:${site.line}:${site.column}`).digest('hex');
  return [...sites].sort((a, b) => (key(a) < key(b) ? -1 : 1)).slice(0, count);
}

/**
 * What became of each site. A decision is placed at the start of its expression, which a chain over
 * several lines puts above the text that we found.
 */
export function judgeSites(sites, decisions) {
  const LINES_ABOVE = 3;
  const byFile = new Map();
  for (const decision of decisions) {
    const key = `${decision.repository}\0${decision.path}`;
    byFile.set(key, [...(byFile.get(key) ?? []), decision]);
  }
  return sites.map((site) => {
    const near = (byFile.get(`${site.repository}\0${site.path}`) ?? [])
      .filter((decision) => decision.line <= site.line && decision.line >= site.line - LINES_ABOVE)
      .sort((a, b) => b.line - a.line || Math.abs(a.column - site.column) - Math.abs(b.column - site.column));
    const [decision] = near;
    if (decision === undefined) return { ...site, verdict: 'not seen', reason: 'not seen' };
    return { ...site, verdict: decision.verdict, reason: decision.reason };
  });
}
