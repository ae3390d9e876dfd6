/** One experiment with one set of versions, in a process of its own: nothing that hangs outlives it. */
import { pathToFileURL } from 'node:url';
import { describeError } from './outcome.mjs';
import { createLab } from './lab.mjs';

const { file, name, folder, versions, services } = JSON.parse(process.argv[2]);
const stray = [];
// Clients emit errors that nobody listens to; they are the experiment's business only where it looks at them.
process.on('uncaughtException', (error) => stray.push(error));
process.on('unhandledRejection', (error) => stray.push(error));

// Who started it is gone: nobody waits for the answer.
process.on('disconnect', () => process.exit(1));

const { default: found } = await import(pathToFileURL(file).href);
const experiment = found.experiments.find((each) => each.name === name);
const lab = Object.assign(createLab(folder, versions, services), { stray });
let answer;
try {
  await experiment.run(lab);
  answer = { ok: true };
} catch (error) {
  answer = { ok: false, why: describeError(error) };
}
await lab.close();
process.send(answer, () => process.exit(0));
