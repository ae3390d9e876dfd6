import { readMap, type MapOptions } from '../../src/cli/commands/map.js';
import type { FailureMap, MapDependency, MapOperation } from '../../src/map/types.js';
import { fakeHost, tempProject } from '../cli/fixture.js';

/** The map of a folder with these files; a package of Node is added where none is given. */
export async function mapOf(files: Readonly<Record<string, string>>, options: Partial<MapOptions> = {}): Promise<FailureMap> {
  const root = tempProject({ 'package.json': manifest('orders'), ...files });
  return readMap({ paths: [], format: 'json', config: false, cwd: root, ...options }, fakeHost(root));
}

/** A manifest of a package for Node. */
export function manifest(name: string, dependencies: Readonly<Record<string, string>> = {}, more: object = {}): string {
  return JSON.stringify({ name, private: true, type: 'module', engines: { node: '>=20' }, dependencies, ...more });
}

/** The only dependency whose id holds a text. */
export function dependency(map: FailureMap, part: string): MapDependency {
  const found = map.dependencies.filter(({ id }) => id.includes(part));
  if (found.length !== 1) throw new Error(`${found.length} dependencies with ${part}: ${map.dependencies.map(({ id }) => id).join('; ')}`);
  return found[0]!;
}

/** All operations, as `name timeout retry breaker state`. */
export function answers(map: FailureMap): readonly string[] {
  const line = ({ name, timeout, retry, breaker, state }: MapOperation): string => [name, timeout.answer, retry.answer, breaker.answer, state].join(' ');
  return map.dependencies.flatMap(({ operations }) => operations.map(line));
}

/** `function` for each that reaches, `!` where it is an entry. */
export const reached = ({ reachedBy }: MapDependency): readonly string[] => reachedBy.map(({ function: name, steps, entry }) => `${name} ${steps}${entry ? '!' : ''}`);
