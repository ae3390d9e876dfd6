/** `npm run new:rule -- <name> [--family <family>]`: a rule with its test and its page. */
import { scaffold } from './lib/scaffold.mjs';

const FAMILIES = ['timeouts', 'retries', 'errors', 'nulls', 'cache', 'resources', 'data', 'messaging', 'config'];

await scaffold({
  usage: `usage: npm run new:rule -- <no-hazard | require-protection | prefer-form> [--family ${FAMILIES.join('|')}]`,
  options: { family: { type: 'string', default: 'resources' } },
  check(name, { family }) {
    if (!/^(?:no|require|prefer)-/.test(name)) return `"${name}" does not begin with no-, require- or prefer-`;
    return FAMILIES.includes(family) ? null : `"${family}" is not a family`;
  },
  files: (name, { family }) => ({ [`rules/${name}.ts`]: rule(name, family), [`test/rules/${name}.test.ts`]: test(name), [`docs/rules/${name}.md`]: page(name) }),
  next: ['say in the rule what is reported, in the page which incident it prevents', 'extend the test to 15 valid and 15 invalid cases'],
});

function rule(name, family) {
  return `import { createRule } from '../src/eslint/create-rule.js';
import { factsOf } from '../src/eslint/facts-of.js';
import { locationOf } from '../src/eslint/suggest.js';

export default createRule({
  name: '${name}',
  meta: {
    type: 'problem',
    docs: { family: '${family}', tier: 'off', description: 'describe what ${name} asks for' },
    messages: {
      // What the code does, and what then happens in production; data in double braces.
      found: '\`{{operation}}\` is not bounded in time: a server that never answers holds the caller for as long as the client allows.',
    },
    schema: [{ type: 'object', properties: {}, additionalProperties: false }],
    defaultOptions: [{}],
  },
  create(context) {
    return {
      // The facts are computed once a file and shared by all rules; a rule only decides over them.
      Program() {
        const facts = factsOf(context);
        if (!facts.mayCallOut()) return;
        for (const { call, verdict } of facts.timeBounds()) {
          if (verdict !== 'unbounded') continue;
          context.report({ loc: locationOf(facts.file.lines, call.node.range), messageId: 'found', data: { operation: call.operation.name } });
        }
      },
    };
  },
});
`;
}

function test(name) {
  return `import { describe, expect, it } from 'vitest';
import { lintProject } from '../meta/lint-project.js';

const reports = (code: string): number[] => lintProject('${name}', { 'src/sample.ts': code }).map((message) => message.line);

describe('reports', () => {
  it('a call that nothing bounds', () => {
    expect(reports("export const order = () => fetch('http://orders.internal');")).toEqual([1]);
  });
});

describe('is silent on', () => {
  it('a call with a signal that fires by itself', () => {
    expect(reports("export const order = () => fetch('http://orders.internal', { signal: AbortSignal.timeout(500) });")).toEqual([]);
  });

  it('a function of the same name', () => {
    expect(reports('const fetch = (url: string) => url; export const order = () => fetch(String(1));')).toEqual([]);
  });
});
`;
}

function page(name) {
  return `# ${name}

The incident that this rule prevents, in a paragraph: what the code did, what happened in production,
how long it took, and why no test and no review had seen it. Write what was observed, without names.

## Rule details

### Incorrect

\`\`\`ts
export async function order(id: string) {
  return fetch(\`http://orders.internal/\${id}\`);
}
\`\`\`

### Correct

\`\`\`ts
export async function order(id: string) {
  return fetch(\`http://orders.internal/\${id}\`, { signal: AbortSignal.timeout(2_000) });
}
\`\`\`

## What counts as handled

What keeps the rule silent, in the order in which it is looked for.

## Options

## Known limitations

Code that the rule misses or judges wrongly, as samples.

## Fix safety

What a suggestion changes for the running program; or that there is none, and why.

## When not to use it

Where the rule is wrong for a whole project.

## Measured

Not measured yet: the rule is in no preset but \`all\` and its family.

## Supported clients

## Related

- [All rules](README.md)
`;
}
