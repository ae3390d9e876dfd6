import type { TSESTree } from '@typescript-eslint/types';
import type { ConstructModel } from '../models/types.js';
import { argumentValue } from './arguments.js';
import { evaluate } from './evaluate.js';
import { readOption } from './options.js';
import { alternatives, unknown, type InstanceValue, type OptionLayer, type Place, type Value } from './value.js';

/** The key under which a connection URL that was passed by position is kept in an option layer. */
export const URL_KEY = '(url)';

/**
 * A client made by a class or factory with these arguments.
 * @param maker the export or client that makes it
 */
export function makeInstance(
  maker: Pick<InstanceValue, 'model' | 'packageName'>,
  construct: ConstructModel,
  args: readonly TSESTree.CallExpressionArgument[],
  place: Place,
  parent: InstanceValue | null = null,
): InstanceValue {
  const layers: OptionLayer[] = parent === null ? [] : [...parent.layers];
  let optionsUnknown = parent?.optionsUnknown ?? null;
  if (construct.from !== undefined) {
    const source = argumentValue(place.file, args, construct.from)?.value ?? null;
    if (source?.kind === 'instance') {
      layers.push(...source.layers);
      optionsUnknown ??= source.optionsUnknown;
    } else {
      optionsUnknown ??= { code: 'untyped-receiver', detail: 'the client it wraps' };
    }
  }
  if (construct.options !== undefined) {
    if (parent !== null && construct.options.at === 'last') layers.push(...allLayers(place, args));
    else {
      const found = argumentValue(place.file, args, construct.options);
      if (found !== null) layers.push({ value: found.value, place: { file: place.file, node: found.node } });
    }
  }
  const url = urlByOption(layers.at(-1)?.value ?? null, construct) ?? urlArgument(place, args, construct);
  const more = construct.more === undefined ? null : argumentValue(place.file, args, construct.more);
  // What may be a URL in the place of the object is kept as one.
  if (more !== null && !(url !== null && construct.url?.argument?.at[0] === construct.more?.at[0])) layers.push({ value: more.value, place: { file: place.file, node: more.node } });
  if (url !== null) layers.push({ value: urlLayer(url, place), place });
  return { kind: 'instance', model: maker.model, packageName: maker.packageName, client: construct.makes, layers, made: place, optionsUnknown, from: place.file };
}

/** `got.extend(base, first, second)`: each argument is a layer, or a client that brings its own. */
function allLayers({ file }: Place, args: readonly TSESTree.CallExpressionArgument[]): OptionLayer[] {
  return args.flatMap((node): readonly OptionLayer[] => {
    const value = node.type === 'SpreadElement' ? unknown('opaque-spread', 'spread arguments') : evaluate(file, node);
    return value.kind === 'instance' && value.optionsUnknown === null ? value.layers : [{ value, place: { file, node } }];
  });
}

/** One reader serves URLs passed by position and by option: both become a layer of one entry. */
function urlLayer(url: Value, place: Place): Value {
  return { kind: 'object', entries: new Map([[URL_KEY, { value: () => url, place }]]), open: null, place: null };
}

function urlByOption(options: Value | null, construct: ConstructModel): Value | null {
  if (construct.url?.path === undefined) return null;
  const answer = readOption(options, construct.url.path);
  // Options that we cannot see are unknown already; nothing is added by saying so of the URL.
  return answer.is === 'set' ? answer.value : null;
}

function urlArgument(place: Place, args: readonly TSESTree.CallExpressionArgument[], construct: ConstructModel): Value | null {
  const positions = construct.url?.argument?.at;
  if (positions === undefined) return null;
  const node = args[positions === 'last' ? args.length - 1 : (positions[0] ?? 0)];
  if (node === undefined) return null;
  const value = node.type === 'SpreadElement' ? unknown('opaque-spread') : evaluate(place.file, node);
  // An object or a port number in that position is no URL.
  const isOther = (member: Value): boolean => member.kind === 'object' || (member.kind === 'literal' && typeof member.value !== 'string');
  return alternatives(value).every(isOther) ? null : value;
}
