/** `npm run new:codemod -- <name> [--rule <rule>]`: a plan with a fixture, a test and a page. */
import { existsSync } from 'node:fs';
import { scaffold } from './lib/scaffold.mjs';

const VERBS = /^(?:add|bound|fix|harden|move|release|remove|rename|replace|report|split|wrap)-/;

await scaffold({
  usage: 'usage: npm run new:codemod -- <verb-noun> [--rule <the rule whose reports it mends>]',
  options: { rule: { type: 'string' } },
  check(name, { rule }) {
    if (!VERBS.test(name)) return `"${name}" does not begin with a verb (add, bound, fix, harden, wrap …)`;
    if (rule !== undefined && !existsSync(new URL(`../../rules/${rule}.ts`, import.meta.url))) return `there is no rule "${rule}"`;
    return null;
  },
  files: (name, { rule }) => ({
    [`codemods/${name}.ts`]: plan(name, rule),
    [`test/codemods/${name}.test.ts`]: test(name),
    [`test/codemods/${name}/adds-a-signal/input.ts`]: "export const order = (id: string) => fetch(`http://orders.internal/${id}`);\n",
    [`test/codemods/${name}/adds-a-signal/output.ts`]: "export const order = (id: string) => fetch(`http://orders.internal/${id}`, { signal: AbortSignal.timeout(2000) });\n",
    [`docs/codemods/${name}.md`]: page(name),
  }),
  next: ['say in the plan which facts are mended and what is refused', 'add a fixture for each form of code: one scenario each, with a name that says it'],
});

function plan(name, rule) {
  return `import { defineCodemod, type PlanStep } from '../src/codemod/define-codemod.js';
import { factsOfFile } from '../src/facts/file-facts.js';
import { addTimeout } from '../src/mends/add-timeout.js';

export default defineCodemod({
  name: '${name}',
  description: 'describe what ${name} changes',
  rule: ${rule === undefined ? 'null' : `'${rule}'`},
  options: {
    limit: { type: 'ms', default: 2_000, description: 'What each call is bounded by.' },
  },
  refusals: {
    'no-local-edit': 'the options are not written here',
  },
  mayApply: (_text, gates) => gates.mayCallOut(),
  plan({ file, options }) {
    return factsOfFile(file).unboundedSites().map((site): PlanStep => {
      const at = site.node.range[0];
      const [mend] = addTimeout(file, site, options.limit);
      // Where safety cannot be shown nothing is changed, and the place is listed with the reason.
      if (mend === undefined) return { kind: 'refusal', at, reason: 'no-local-edit', detail: site.bound.call.operation.name };
      return { kind: 'edit', at, edits: mend.edits, title: mend.title };
    });
  },
});
`;
}

function test(name) {
  const imported = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return `import ${imported} from '../../codemods/${name}.js';
import { codemodFixtures } from './fixtures.js';

codemodFixtures(${imported});
`;
}

function page(name) {
  return `# ${name}

## What it changes

\`\`\`ts
export const order = (id: string) => fetch(\`http://orders.internal/\${id}\`);
\`\`\`

becomes

\`\`\`ts
export const order = (id: string) => fetch(\`http://orders.internal/\${id}\`, { signal: AbortSignal.timeout(2000) });
\`\`\`

## Options

## What it refuses

- \`no-local-edit\`: a call whose options are not written there.

## What is new for callers

Which errors can reach them that could not before.

## Fix safety

Whether it changes what the program does.

## On real code
`;
}
