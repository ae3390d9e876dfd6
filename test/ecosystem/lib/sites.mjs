/**
 * Places that look like outbound calls, found by text alone. Independent of `src/` on purpose: a
 * measure of what the rules decide must not ask the rules which places there are.
 */
import { createHash } from 'node:crypto';

const VERB = '(?:get|post|put|patch|delete|head|options|request)';
/** A member may stand on the next line of a chain. */
const DOT = '\\s*\\??\\.\\s*';
const call = (text) => new RegExp(`${text}(?:<[^()\\n]*>)?\\(`, 'g');

/** `needs`: text that the file must hold, so that a common name is not taken for the library. */
const PATTERNS = [
  { kind: 'fetch', call: call('(?<![\\w.$#])(?:(?:globalThis|self)\\.)?fetch') },
  { kind: 'axios', needs: /['"]axios['"]/, call: call(`(?<![\\w.$])axios(?:${DOT}${VERB})?`) },
  { kind: 'got', needs: /['"]got['"]/, call: call(`(?<![\\w.$])got(?:${DOT}${VERB}|${DOT}stream)?`) },
  { kind: 'ky', needs: /['"]ky['"]/, call: call(`(?<![\\w.$])ky(?:${DOT}${VERB})?`) },
  { kind: 'node:http', needs: /['"](?:node:)?https?['"]/, call: call(`(?<![\\w.$])https?${DOT}(?:request|get)`) },
  { kind: 'undici', needs: /['"]undici['"]/, call: call('(?<![\\w.$])(?:undici\\.)?request') },
  { kind: 'HttpService', needs: /['"]@nestjs\/axios['"]/, call: call(`\\bthis${DOT}\\w*[hH]ttp\\w*${DOT}${VERB}`) },
  { kind: 'grpc', needs: /['"]@grpc\/grpc-js['"]/, call: call(`\\b(?:this${DOT})?\\w*[cC]lient${DOT}(?!close|waitForReady|getChannel|makeUnaryRequest)[a-z]\\w+`) },
];

const NOT_PRODUCTION = /(?:^|\/)(?:tests?|testing|testkit|test-utils|integration-tests?|dev-server|testcontainers|dev-env|tools|deployment|__tests__|__mocks__|e2e|specs?|fixtures?|scripts?|migrations?|seeds?|examples?|bench(?:marks)?|cypress|playwright|stories|node_modules|dist|build|\.\w+)\/|\.(?:test|spec|e2e|stories|config|d)\.[cm]?[jt]sx?$|\.min\.js$/;

/** Code for browsers, by the marks that people leave: the rules are not about it. */
const BROWSER_PATH = /(?:^|\/)(?:client|clients-web|frontend|public|static|components|hooks|contexts?|providers-react|ui|views|browser|studio)\/|\.(?:tsx|jsx)$|(?:^|\/)(?:sw|service-?worker)\.[jt]s$/i;
const SERVER_PATH = /(?:^|\/)(?:api|server)\/|(?:^|\/)route\.[jt]sx?$|\.server\.[jt]sx?$/;

function isBrowserCode(path, text) {
  if (/^\s*['"]use client['"]/m.test(text.slice(0, 500))) return true;
  return BROWSER_PATH.test(path) && !SERVER_PATH.test(path);
}

/** Built code that was checked in. */
function isMinified(text) {
  return text.length > 5000 && text.length / text.split('\n').length > 500;
}

/** Code that may serve requests: neither for browsers nor built. */
export function isServerCode(path, text) {
  return !isBrowserCode(path, text) && !isMinified(text);
}

/** Source files of production code, by name alone. */
export function isProductionSource(path) {
  return /\.[cm]?[jt]sx?$/.test(path) && !NOT_PRODUCTION.test(path);
}

/** Sites of one file, 1-based lines. Comments, declarations and text in strings are not calls. */
export function sitesIn(path, text) {
  const sites = [];
  if (!isServerCode(path, text)) return sites;
  for (const { kind, needs, call: pattern } of PATTERNS) {
    if (needs !== undefined && !needs.test(text)) continue;
    for (const { index, 0: found } of text.matchAll(pattern)) {
      const start = text.lastIndexOf('\n', index - 1) + 1;
      const end = text.indexOf('\n', index + found.length);
      if (isCall(text.slice(start, index), text.slice(start, end === -1 ? undefined : end))) {
        sites.push({ path, line: text.slice(0, index).split('\n').length, column: index - start + 1, kind });
      }
    }
  }
  return sites.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** @param before the line up to the name; @param line to the end of the line of the parenthesis */
function isCall(before, line) {
  if (/^\s*(?:\/\/|\*|\/\*)/.test(before)) return false;
  // `function fetch(`, `private fetch(`.
  if (/\b(?:function|static|private|public|protected)\s+(?:async\s+)?\*?\s*$/.test(before)) return false;
  // In a string or behind a comment mark: what is left when whole strings are taken out.
  if (/\/\/|['"`][^'"`]*$/.test(before.replace(/(['"`])(?:\\.|(?!\1).)*\1/g, ''))) return false;
  // A method: `async fetch(id) {`.
  return !(/^\s*(?:async\s+)?$/.test(before) && /\)\s*(?::[^=]+)?\{\s*$/.test(line));
}

/** `count` sites by the smallest hashes. */
export function chooseSites(sites, count) {
  const key = (site) => createHash('sha256').update(`${site.repository}:${site.path}:${site.line}:${site.column}`).digest('hex');
  return [...sites].sort((a, b) => (key(a) < key(b) ? -1 : 1)).slice(0, count);
}

/**
 * What became of each site. A decision is placed at the start of its expression, which may begin
 * above the name that we found.
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
