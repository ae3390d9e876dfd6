import { describe, expect, it } from 'vitest';
import { modelsForPackage, selectVersion } from '../../../src/models/lookup.js';
import { verdictAt } from '../../facts/support.js';
import { callsIn } from './calls-of.js';

const OCTOKIT = "import { Octokit } from 'octokit'; const octokit = new Octokit({ auth });";

describe('what its calls do', () => {
  it.each([
    ['a repository', 'await octokit.rest.repos.get({ owner, repo });', ['read']],
    ['an issue', 'await octokit.rest.issues.create({ owner, repo, title });', ['write']],
    ['a search', 'await octokit.rest.search.code({ q });', ['read']],
    ['without `rest`', "import { Octokit as O } from '@octokit/rest'; await new O().pulls.list({ owner, repo });", ['read']],
    ['a route', "await octokit.request('GET /repos/{owner}/{repo}', { owner, repo });", ['unknown']],
    ['GraphQL', 'await octokit.graphql(query, variables);', ['unknown']],
    ['pages', 'await octokit.paginate(octokit.rest.issues.list, { per_page: 100 });', ['stream read']],
    ['what it only works out', "octokit.log.info('a'); octokit.hook.before('request', change);", ['none', 'none']],
    ['the function alone', "import { request } from '@octokit/request'; await request('GET /user');", ['unknown']],
  ])('%s', (_, code, expected) => expect(callsIn(`${OCTOKIT}\n${code}`)).toEqual(expected));
});

describe('what bounds them', () => {
  const program = (client: string, options: string): string => `import { Octokit } from '@octokit/rest'; const octokit = new Octokit(${client}); await /*a*/ octokit.rest.repos.get({ owner, repo${options} });`;

  it.each([
    ['nothing', '', '', 'unbounded absent'],
    ['a signal', '', ', request: { signal: AbortSignal.timeout(5000) }', 'bounded signal'],
    ['a timeout that is read by nobody', '', ', request: { timeout: 5000 }', 'unbounded absent'],
    ['the same in the client', '{ request: { timeout: 5000 } }', '', 'unbounded absent'],
    ['a fetch of its own', '{ request: { fetch: slow } }', '', 'unknown replaced-transport'],
    ['parameters that are not known', '', ', ...more', 'unknown opaque-call'],
  ])('%s', (_, client, options, expected) => expect(verdictAt(program(client, options)).split(' ')[0]).toBe(expected.split(' ')[0]));

  it('has a timeout before 20', () => {
    const installed = { '@octokit/rest': '18.12.0' };
    expect(verdictAt({ main: program('{ request: { timeout: 5000 } }', ''), installed })).toBe('bounded client-option');
    expect(verdictAt({ main: program('', ', request: { timeout: 5000 }'), installed })).toBe('bounded call-option');
    expect(verdictAt({ main: program('', ''), installed })).toBe('unbounded absent');
  });
});

it('tries again in the package that has the plugin alone', () => {
  expect(selectVersion(modelsForPackage('octokit'), '5.0.5').retry).toMatchObject({ retries: 3, methods: 'all' });
  expect(selectVersion(modelsForPackage('@octokit/rest'), '22.0.1').retry).toMatchObject({ retries: 0 });
});
