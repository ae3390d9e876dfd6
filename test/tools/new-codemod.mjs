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
    [`test/codemods/${name}/adds-a-signal/output.ts`]: "export const order = (id: string) => fetch(`http://orders.internal/${id}`, { signal: AbortSignal.timeout(2_000) });\n",
    [`docs/codemods/${name}.md`]: page(name),
  }),
  next: ['say in the plan which facts are mended and what is refused', 'add a fixture for each form of code: one scenario each, with a name that says it'],
});

function plan(name, rule) {
  return `import { defineCodemod, type PlanStep } from '../src/codemod/define-codemod.js';
import { factsOfFile } from '../src/facts/file-facts.js';

export default defineCodemod({
  name: '${name}',
  description: 'describe what ${name} changes',
  rule: ${rule === undefined ? 'null' : `'${rule}'`},
  facts: ['time-bounds'],
  plan(file) {
    const steps: PlanStep[] = [];
    for (const { call, verdict } of factsOfFile(file).timeBounds()) {
      if (verdict !== 'unbounded') continue;
      const { node } = call;
      const { line } = file.lines.locate(node.range[0]);
      if (node.type !== 'CallExpression' || node.arguments.length !== 1 || call.mode !== 'reply') {
        // Where safety cannot be shown nothing is changed, and the place is listed with the reason.
        steps.push({ kind: 'refusal', line, reason: 'form-of-call' });
        continue;
      }
      const end = node.arguments[0]!.range[1];
      steps.push({ kind: 'edit', line, edits: [{ range: [end, end], text: ', { signal: AbortSignal.timeout(2_000) }' }], effect: 'the call is aborted after 2 s' });
    }
    return steps;
  },
});
`;
}

function test(name) {
  return `import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import codemod from '../../codemods/${name}.js';
import { analyzeScopes, parse } from '../../src/analysis/parse.js';
import { createSourceFile } from '../../src/analysis/source-file.js';

const FIXTURES = fileURLToPath(new URL('./${name}/', import.meta.url));

/** Applies a plan to a text; edits of one place are applied together, from the end. */
function run(code: string): string {
  const path = '/project/src/sample.ts';
  const parsed = parse(path, code);
  if (!parsed.ok) throw new Error(parsed.message);
  const { program, text, comments, sourceType } = parsed;
  const steps = codemod.plan(createSourceFile({ path, text, program, comments, scopes: () => analyzeScopes(program, sourceType) }));
  const edits = steps.flatMap((step) => (step.kind === 'edit' ? step.edits : [])).sort((a, b) => b.range[0] - a.range[0]);
  return edits.reduce((result, edit) => result.slice(0, edit.range[0]) + edit.text + result.slice(edit.range[1]), text);
}

describe.each(readdirSync(FIXTURES))('%s', (name) => {
  const read = (file: string): string => readFileSync(\`\${FIXTURES}\${name}/\${file}.ts\`, 'utf8');

  it('changes the input into the output', () => {
    expect(run(read('input'))).toBe(read('output'));
  });

  it('changes nothing in a second run', () => {
    expect(run(read('output'))).toBe(read('output'));
  });
});

it('refuses what it cannot show to be safe', () => {
  const code = "fetch('http://orders.internal', { method: 'POST' });";
  expect(run(code)).toBe(code);
});
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
export const order = (id: string) => fetch(\`http://orders.internal/\${id}\`, { signal: AbortSignal.timeout(2_000) });
\`\`\`

## What it refuses

- \`form-of-call\`: a call whose form it does not know.

## What callers will notice

Which errors can reach them that could not before.
`;
}
