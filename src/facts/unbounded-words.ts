import type { SourceFile } from '../analysis/source-file.js';
import { holdsFor } from '../models/version-range.js';
import type { Runtime } from '../project/runtime.js';
import { versionOf } from './bound-options.js';
import type { TimeBound } from './time-bounds.js';
import { placeOf } from './reason-words.js';
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
  return {
    finding: findingOf(file, site),
    consequence: `${consequenceOf(bound, runtime)}${versionNote(bound)}`,
    mend: mendOf(file, bound),
  };
}

/** The mend at this place: a wrapper's call is mended through its options, or in the wrapper where it takes none. */
function mendOf(file: SourceFile, bound: TimeBound): string {
  const { model, instance } = bound.call.operation;
  const { through } = bound.call;
  if (through !== null && !through.byClient) {
    const place = placeOf({ file: through.inner.file, node: through.inner.node }, file.path);
    const { options } = bound.call;
    // What stands in the place of its options is a URL, or nothing can stand there.
    const takesOptions = options === null || options.kind === 'object' || (options.kind === 'literal' && options.value === undefined);
    const written = optionText(bound);
    return takesOptions ? `Pass ${written === null ? 'one' : `\`${written}\``} in its options, or set one in \`${through.name}\` (${place})` : `Set one in \`${through.name}\` (${place}): what is passed here is no options object`;
  }
  const { version } = versionOf(bound.call.operation);
  const mend = (instance?.made == null ? model.mendBare : undefined) ?? model.mendIn?.find(({ versions }) => holdsFor(version, versions))?.text ?? model.mend;
  return `${mend[0]!.toUpperCase()}${mend.slice(1)}`;
}

/** How the bound is written in options: `signal: AbortSignal.timeout(ms)`. */
function optionText(bound: TimeBound): string | null {
  const edit = bound.call.operation.model.edits?.find((candidate) => candidate.at === 'call' && candidate.chain === undefined);
  if (edit === undefined) return null;
  const value = edit.value === 'signal' ? 'AbortSignal.timeout(ms)' : edit.value === 'deadline' ? 'Date.now() + ms' : 'ms';
  return edit.path.split('.').reduceRight((inner, key, index, keys) => (index === keys.length - 1 ? `${key}: ${inner}` : `${key}: { ${inner} }`), value);
}

function findingOf(file: SourceFile, site: UnboundedSite): string {
  const { bound, instance } = site;
  const { call } = bound;
  const name = `\`${nameOf(bound)}\``;
  const half = bound.partial === null ? 'no timeout' : `no timeout that ends a hanging call (\`${bound.partial.path}\` ${bound.partial.note ?? PARTIAL[bound.partial.covers]})`;
  if (call.through !== null && !call.through.byClient) {
    return `\`${call.through.name}\` forwards its options to ${call.operation.name} (${placeOf({ file: call.through.inner.file, node: call.through.inner.node }, file.path)}), and ${site.calls.length === 1 ? 'this call gives' : `${linesOf(file, site.calls, 'calls')} give`} it ${half}`;
  }
  if (site.at === 'construction') {
    // The library has a limit, only too long a one.
    const [verb, one, several] = bound.defaultMs === null ? (['has', 'has', 'have'] as const) : (['sets', 'does', 'do'] as const);
    const title = instance?.model.clients[instance.client]?.title ?? instance?.model.title ?? call.operation.name;
    if (site.calls.length === 0 || instance?.model.clients[instance.client]?.perCall === false) return `This ${title} ${verb} ${half}`;
    return `This ${title} ${verb} ${half}, and neither ${site.calls.length === 1 ? one : several} ${linesOf(file, site.calls)}`;
  }
  if (call.through !== null && instance?.made != null) return `\`${call.through.name}\` calls ${call.operation.name} (${placeOf({ file: call.through.inner.file, node: call.through.inner.node }, file.path)}) with ${half}, and its client (${placeOf(instance.made, file.path)}) sets none either`;
  if (bound.cancelOnly) return `${name} has a signal that only cancels, and no timeout`;
  if (instance?.made != null) {
    const more = site.calls.length - 1;
    return `${name} has ${half}, and neither has its client (${placeOf(instance.made, file.path)})${more > 0 ? `; ${more} more ${more === 1 ? 'call' : 'calls'} on it here ${more === 1 ? 'is' : 'are'} unbounded too` : ''}`;
  }
  return `${name} has ${half}`;
}

const PARTIAL: Readonly<Record<string, string>> = {
  queue: 'covers only the wait in the local queue',
  connect: 'covers only the connection attempt',
};

function linesOf(file: SourceFile, calls: readonly TimeBound[], plain: string | null = null): string {
  const lines = [...new Set(calls.map((bound) => file.lines.locate(bound.call.node.range[0]).line))];
  const shown = lines.slice(0, MAX_LINES).join(', ');
  const noun = plain !== null ? `${calls.length} ${plain}` : calls.length === 1 ? 'its call' : `its ${calls.length} calls`;
  return `${noun} (line${lines.length === 1 ? '' : 's'} ${shown}${lines.length > MAX_LINES ? ' and more' : ''})`;
}

/** As it is written where it is short, else as the model names it. */
function nameOf(bound: TimeBound): string {
  const { call } = bound;
  if (call.node.type === 'TaggedTemplateExpression') return call.operation.name;
  const text = call.file.text.slice(call.node.callee.range[0], call.node.callee.range[1]).replace(/\s*\n\s*/g, '');
  return text.length <= 40 && !/[`{(]/.test(text) ? text : call.operation.name;
}

/** Numbers of a library that come from Node hold on Node only; elsewhere the platform decides. */
function consequenceOf(bound: TimeBound, runtime: Runtime): string {
  const { model } = bound.call.operation;
  const holds = runtime === 'node' || runtime === 'script' || model.unboundedElsewhere === undefined;
  // What hangs is a server, or a program that was started.
  const frame = model.kind === 'exec' ? 'with a child that hangs' : 'on a silent server';
  // The frame says where; a clause may say so too, to be whole by itself.
  return `${frame} it ${(holds ? model.unbounded : model.unboundedElsewhere).replace(/ on a silent server\b/, '')}`;
}

/** The version that the words are true for, or where it was taken from. */
function versionNote(bound: TimeBound): string {
  const { model, packageName } = bound.call.operation;
  if (packageName === null) return '';
  const { version, declared } = versionOf(bound.call.operation);
  if (version !== null) return declared === null ? ` (${packageName} ${version})` : ` (${packageName} ${declared} in package.json)`;
  if (model.versions !== undefined) return ` (version not found; taken as ${packageName} ${model.versions})`;
  return model.bounds.some((option) => option.versions !== undefined) ? ` (version not found; taken as the newest ${packageName})` : '';
}
