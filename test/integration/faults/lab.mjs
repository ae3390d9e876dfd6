/** Measures the service before and after in every scenario, and judges the difference. */
import { buildService } from './build-service.mjs';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';
import { SCENARIOS } from './scenarios/all.mjs';
import { onStage } from './stage.mjs';
import { STILL, undisturbed } from './undisturbed.mjs';

/** Scenarios that may run at the same time, where it is not latency that counts. */
const BESIDE = 2;
const NAMES = { postgres: 'PostgreSQL', redis: 'Redis' };

/**
 * @param {{ only?: string[], quick?: boolean, after?: string, tries?: number, log?: (text: string) => void }} options
 * `after`: a folder with a ready source; `tries`: measurements at most where the machine is busy with something else
 * @returns {Promise<{ rows: object[], absent: string[], codemods: string }>} a row a scenario: figures before and after, verdicts
 */
export async function runLab({ only = [], quick = false, after, tries = 3, log = () => undefined } = {}) {
  const unknown = only.filter((name) => SCENARIOS.every((scenario) => scenario.name !== name));
  if (unknown.length > 0) throw new Error(`no scenario ${unknown.join(', ')}; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`);
  const chosen = SCENARIOS.filter(({ name }) => only.length === 0 || only.includes(name));
  const opened = [];
  try {
    const servers = {};
    const absent = [];
    for (const [name, start] of [['postgres', startPostgres], ['redis', startRedis]]) {
      if (!chosen.some(({ needs }) => needs === name)) continue;
      servers[name] = await start();
      if (servers[name] === undefined) absent.push(`${NAMES[name]} is not installed: rows left out`);
      else opened.push(() => servers[name].close());
    }
    for (const line of absent) log(line);
    const mains = {};
    const build = (kind, source) => {
      const built = buildService({ kind, source });
      opened.push(built.remove);
      mains[kind] = built.main;
      return built.log;
    };
    build('before');
    const codemods = build('after', after);
    const possible = chosen.filter(({ needs }) => needs === undefined || servers[needs] !== undefined);
    const rows = new Map();
    const run = async (scenario) => {
      rows.set(scenario, await measureBoth(scenario, mains, servers, { quick, tries }, (text) => log(`${scenario.name}: ${text}`)));
      const broken = rows.get(scenario).verdicts.filter(({ holds }) => !holds).length;
      log(`${scenario.name}: ${broken === 0 ? 'holds' : `${broken} broken`}`);
    };
    await inParallel(possible.filter(({ alone }) => alone !== true), BESIDE, run);
    for (const scenario of possible.filter(({ alone }) => alone === true)) await run(scenario);
    return { rows: possible.map((scenario) => rows.get(scenario)), absent, codemods };
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

async function measureBoth(scenario, mains, servers, size, log) {
  const once = (kind) => onStage({ main: mains[kind], postgres: servers.postgres, redis: servers.redis, patience: scenario.patience }, (stage) => scenario.measure(stage, size));
  const measure = (kind) => undisturbed(() => once(kind), size.tries, log);
  let before;
  let after;
  if (scenario.runs !== undefined) {
    const runs = { before: [], after: [] };
    // Alternated, so that what slows the machine for a while slows both.
    for (let run = 0; run < scenario.runs; run++) for (const kind of ['before', 'after']) runs[kind].push(await measure(kind));
    before = scenario.join(runs.before);
    after = scenario.join(runs.after);
  } else if (scenario.alone === true) {
    before = await measure('before');
    after = await measure('after');
  } else [before, after] = await Promise.all([measure('before'), measure('after')]);
  const still = Math.max(before.stoodStill, after.stoodStill);
  const remark = still > STILL ? `; the machine stood still for ${Math.round(still)} ms` : '';
  const verdicts = scenario.judge(before, after, size).map((verdict) => ({ ...verdict, text: `${verdict.text}${remark}` }));
  return { name: scenario.name, title: scenario.title, before, after, verdicts };
}

async function inParallel(items, width, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
