import type { SourceFile } from '../analysis/source-file.js';
import type { Runtime } from '../project/runtime.js';
import { installedVersion } from './bound-options.js';
import { ACCEPTABLE_DEFAULT_MS, placeOf, type TimeBound } from './time-bounds.js';
import type { UnboundedSite } from './unbounded-sites.js';

/** What is said of a site: who waits, what then happens, how to mend it. */
export interface SiteWords {
  /** Subject and finding: "`fetch` has no timeout". */
  readonly finding: string;
  /** What happens in production, with the library's real default. */
  readonly consequence: string;
  readonly mend: string;
}

const MAX_LINES = 5;

/** The words for one site, true for the runtime and the installed version. */
export function wordsOf(file: SourceFile, site: UnboundedSite, runtime: Runtime): SiteWords {
  const { bound } = site;
  const { model } = bound.call.operation;
  return {
    finding: findingOf(file, site),
    consequence: `${consequenceOf(bound, runtime)}${versionNote(bound)}`,
    mend: `${model.mend[0]!.toUpperCase()}${model.mend.slice(1)}`,
  };
}

function findingOf(file: SourceFile, site: UnboundedSite): string {
  const { bound, instance } = site;
  const { call } = bound;
  const name = `\`${nameOf(bound)}\``;
  if (call.through !== null) {
    return `\`${call.through.name}\` forwards its options to ${call.operation.name} (${placeOf({ file: call.through.inner.file, node: call.through.inner.node })}), and this call gives it no timeout`;
  }
  const half = bound.partial === null ? 'no timeout' : `no timeout that ends a hanging call (\`${bound.partial.path}\` ${bound.partial.note ?? PARTIAL[bound.partial.covers]})`;
  if (site.at === 'construction') {
    const title = instance?.model.clients[instance.client]?.title ?? instance?.model.title ?? call.operation.name;
    if (site.calls.length === 0 || instance?.model.clients[instance.client]?.perCall === false) return `This ${title} has ${half}`;
    return `This ${title} has ${half}, and ${linesOf(file, site.calls)} ${site.calls.length === 1 ? 'sets' : 'set'} none either`;
  }
  if (bound.cancelOnly) return `${name} has a signal that only cancels, and no timeout`;
  if (instance?.made != null) {
    const more = site.calls.length - 1;
    return `${name} has ${half}, and neither has its client (${placeOf(instance.made)})${more > 0 ? `; ${more} more ${more === 1 ? 'call' : 'calls'} on it here ${more === 1 ? 'is' : 'are'} unbounded too` : ''}`;
  }
  return `${name} has ${half}`;
}

const PARTIAL: Readonly<Record<string, string>> = {
  queue: 'covers only the wait in the local queue',
  connect: 'covers only the connection attempt',
};

function linesOf(file: SourceFile, calls: readonly TimeBound[]): string {
  const lines = [...new Set(calls.map((bound) => file.lines.locate(bound.call.node.range[0]).line))];
  const shown = lines.slice(0, MAX_LINES).join(', ');
  const noun = calls.length === 1 ? 'its call' : `its ${calls.length} calls`;
  return `${noun} (line${lines.length === 1 ? '' : 's'} ${shown}${lines.length > MAX_LINES ? ' and more' : ''})`;
}

/** As it is written where it is short, else as the model names it. */
function nameOf(bound: TimeBound): string {
  const { call } = bound;
  if (call.node.type === 'TaggedTemplateExpression') return call.operation.name;
  const text = call.file.text.slice(call.node.callee.range[0], call.node.callee.range[1]);
  return text.length <= 40 && !/[\n`]/.test(text) ? text : call.operation.name;
}

function consequenceOf(bound: TimeBound, runtime: Runtime): string {
  const { model } = bound.call.operation;
  // Numbers are those of the library on Node; elsewhere the platform decides.
  if (runtime !== 'node' && runtime !== 'script' && model.packages.length === 0) {
    return 'on a silent server it waits until the platform gives up';
  }
  if (bound.defaultMs !== null && bound.defaultMs > ACCEPTABLE_DEFAULT_MS) return `on a silent server it ${model.unbounded}`;
  return `on a silent server it ${model.unbounded}`.replace('on a silent server it waits for ever on a silent server', 'on a silent server it waits for ever');
}

function versionNote(bound: TimeBound): string {
  const { model, from } = bound.call.operation;
  const name = model.packages[0];
  if (name === undefined) return '';
  const version = installedVersion(model, from);
  if (version !== null) return ` (${model.title} ${version})`;
  return model.versions === undefined ? '' : ` (${model.title}: installed version not found, taken as ${model.versions})`;
}
