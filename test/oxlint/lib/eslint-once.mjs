/** One run of ESLint over the set-up that stands in the file of the first argument: what the time of a process is taken of. */
import { readFileSync } from 'node:fs';
import { configsFor } from './host-setup.mjs';
import { eslintFor } from './with-eslint.mjs';

const { root, files, preset } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const results = await eslintFor({ root, configs: await configsFor(preset) }).lintFiles(files);
console.log(JSON.stringify(results.flatMap(({ messages }) => messages.filter(({ ruleId }) => ruleId?.startsWith('resilience/'))).length));
