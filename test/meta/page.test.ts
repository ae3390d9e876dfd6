import { describe, expect, it } from 'vitest';
import { groupSamples, headingsOf, samplesOf } from './page.js';

const PAGE = `# require-timeout

## Rule details

### Incorrect

\`\`\`ts
// src/client.ts
const a = 1;
\`\`\`

### Correct

\`\`\`ts project=shared file=src/http.ts
const b = 1;
\`\`\`

Several files of one project:

\`\`\`js project=shared
// src/use.js
## not a heading
\`\`\`

## Known limitations

Not reported: a forwarded call.

\`\`\`ts
const c = 1;
\`\`\`

\`\`\`ts incorrect
const d = 1;
\`\`\`

## Related

\`\`\`sh
npm run check
\`\`\`
`;

describe('a page', () => {
  it('gives its headings, not those in code', () => {
    expect(headingsOf(PAGE)).toEqual(['Rule details', 'Known limitations', 'Related']);
  });

  it('says of each sample what is expected, and in which file it stands', () => {
    expect(samplesOf(PAGE).map(({ expects, file, project, section, language }) => [expects, file, project, section, language])).toEqual([
      ['reported', 'src/client.ts', null, 'Rule details', 'ts'],
      ['silent', 'src/http.ts', 'shared', 'Rule details', 'ts'],
      ['silent', 'src/use.js', 'shared', 'Rule details', 'js'],
      ['silent', null, null, 'Known limitations', 'ts'],
      ['reported', null, null, 'Known limitations', 'ts'],
      [null, null, null, 'Related', 'sh'],
    ]);
  });

  it('groups the samples of a project', () => {
    expect(groupSamples(samplesOf(PAGE)).map((group) => group.length)).toEqual([1, 2, 1, 1, 1]);
  });
});
