import { afterAll, describe, expect, it } from 'vitest';
import { parse } from '../../src/analysis/parse.js';
import { unboundedSites } from '../../src/facts/unbounded-sites.js';
import { addTimeout } from '../../src/mends/add-timeout.js';
import { allModels } from '../../src/models/lookup.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';
import { SAMPLES, type Sample } from './unbounded-samples.js';

afterAll(removeTempProjects);

const URL_FIRST = 'what stands behind the URL may be data or options, as another argument says';
const BY_POSITION = 'only the object form of the call has a place for a signal';

/** Models whose edits do not fit their sample: why, and code of theirs that they fit, where there is any. */
const NOT_HERE: Readonly<Record<string, { readonly why: string; readonly fits: Sample | null }>> = {
  'graphql-request': { why: BY_POSITION, fits: { code: "import { request } from 'graphql-request';\nawait request({ url: 'https://a.example', document });", installed: { 'graphql-request': '7.4.0' } } },
  'graphql-request-6': { why: BY_POSITION, fits: { code: "import { GraphQLClient } from 'graphql-request';\nconst client = new GraphQLClient('https://a.example');\nawait client.request({ document });", installed: { 'graphql-request': '6.1.0' } } },
  needle: { why: URL_FIRST, fits: { code: "import needle from 'needle';\nawait needle.post('https://a.example', { id: 1 });", installed: { needle: '3.5.0' } } },
  'octokit-request': { why: URL_FIRST, fits: null },
  'octokit-request-6': { why: URL_FIRST, fits: null },
  'supabase-js-2.104': { why: 'the option is there from 2.95 on', fits: { ...SAMPLES['supabase-js-2.104']!, installed: { '@supabase/supabase-js': '2.100.0' } } },
};

const fileOf = (text: string, sample: Sample) => tempProject({ 'src/a.ts': text }, sample.installed).file('src/a.ts');

/** The sample with its first mend; `null` where there is none. */
function mended(sample: Sample): string | null {
  const file = fileOf(sample.code, sample);
  const [mend] = addTimeout(file, unboundedSites(file)[0]!, 10_000);
  if (mend === undefined) return null;
  return [...mend.edits].sort((a, b) => b.range[0] - a.range[0]).reduce((text, edit) => `${text.slice(0, edit.range[0])}${edit.text}${text.slice(edit.range[1])}`, sample.code);
}

const sampled = allModels().clients.flatMap((model) => {
  const sample = SAMPLES[model.id];
  return sample == null ? [] : [{ id: model.id, edits: model.edits ?? [], sample }];
});

describe.each(sampled.filter(({ edits }) => edits.length > 0))('the mend of $id', ({ id, sample }) => {
  it('bounds its sample', () => {
    const exception = NOT_HERE[id];
    if (exception !== undefined) expect(mended(sample), `it is offered now, so that this no longer holds: ${exception.why}`).toBeNull();
    const fitting = exception === undefined ? sample : exception.fits;
    if (fitting === null) return;
    const text = mended(fitting);
    expect(text, 'a model with edits offers one for its sample, or NOT_HERE says why not').not.toBeNull();
    expect(parse('/project/src/a.ts', text!).ok).toBe(true);
    expect(unboundedSites(fileOf(text!, fitting)).map(({ node }) => text!.slice(...node.range)), text!).toEqual([]);
  });
});

it.each(sampled.filter(({ edits }) => edits.length === 0))('no mend of $id, which has no edits', ({ sample }) => {
  expect(mended(sample)).toBeNull();
});
