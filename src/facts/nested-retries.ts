import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { describe } from '../analysis/syntax.js';
import { nameOfFunction } from './retry-polls.js';
import { retryRegions, type RetryRegion } from './retries.js';
import { causesOf } from './retry-causes.js';
import { chainsIn, chainsOfSubject, product, type Chain, type Layer } from './retry-layers.js';
import { attemptsAt, retryRuns } from './retry-runs.js';

type Node = TSESTree.Node;

/** A retry around something that tries again by itself. */
export interface NestedRetry {
  /** The retry that stands in this file. */
  readonly outer: Layer;
  /** What tries again inside it, the outermost first; at least one. */
  readonly inner: readonly Layer[];
  /** How often the innermost call is made in all. */
  readonly product: number;
  /** The call in this file that leads to the inner retry. */
  readonly node: Node;
  readonly chain: Chain;
  /** How many other calls of the same retry lead to a retry of their own. */
  readonly others: number;
}

const MEMO = Symbol('nested retries');

/** The retries of a file around something that tries again the same failure by itself, one each. */
export function nestedRetries(file: SourceFile): readonly NestedRetry[] {
  return file.memo(MEMO, () => find(file));
}

interface Outer {
  readonly layer: Layer;
  readonly chains: () => readonly Chain[];
  readonly roots: readonly Node[];
}

function find(file: SourceFile): readonly NestedRetry[] {
  const outers = [...regionsOf(file), ...runsOf(file)].sort((a, b) => a.layer.node.range[0] - b.layer.node.range[0]);
  const found: NestedRetry[] = [];
  for (const { layer, chains, roots } of outers) {
    // A layer of a chain that was told is told.
    if (found.some((one) => one.inner.some((inner) => inner.node === layer.node))) continue;
    const multiplied = chains().filter((chain) => chain.layers.length > 0 && goRoundTogether([layer, ...chain.layers]));
    const [first] = [...multiplied].sort((a, b) => product(b.layers) - product(a.layers));
    if (first === undefined) continue;
    const node = first.file === file && roots.some((root) => isInside(first.node, root)) ? first.node : layer.node;
    found.push({ outer: layer, inner: first.layers, product: layer.attempts * product(first.layers), node, chain: first, others: multiplied.length - 1 });
  }
  return found;
}

/** Do all go round for the same failure? Two choices of the project's own may have none in common. */
function goRoundTogether(layers: readonly Layer[]): boolean {
  const chosen = layers.filter((layer) => layer.by !== 'client' && layer.causes !== 'all');
  return chosen.length < 2 && chosen.every((layer) => layer.causes === 'passing' || layers.every((other) => other === layer || other.causes === 'all'));
}

function regionsOf(file: SourceFile): readonly Outer[] {
  return retryRegions(file).flatMap((region): readonly Outer[] => {
    const attempts = attemptsAt(file, region, null);
    if (typeof attempts !== 'number' || attempts < 2 || region.polls || region.excuse !== null || region.reach.is === 'local') return [];
    const causes = causesOf(file, region.fn, region.retry);
    if (causes === 'unknown') return [];
    const roots = rootsOf(region);
    const layer: Layer = { by: 'own', attempts, name: nameOfFunction(region.fn), kind: region.kind, causes, file, node: region.node, client: null };
    return [{ layer, roots, chains: () => roots.flatMap((root) => chainsIn(file, root, region)) }];
  });
}

/** What a region tries. */
function rootsOf({ retry, fn }: RetryRegion): readonly Node[] {
  return retry.calls.length > 0 ? retry.calls : retry.attempt !== null ? [retry.attempt.block] : fn.body == null || retry.handler !== null ? [] : [fn.body];
}

function runsOf(file: SourceFile): readonly Outer[] {
  return retryRuns(file).flatMap((run): readonly Outer[] => {
    if (typeof run.attempts !== 'number' || run.attempts < 2 || run.waits || run.causes === 'unknown') return [];
    const layer: Layer = { by: run.by, attempts: run.attempts, name: describe(run.node.callee), kind: null, causes: run.causes, file, node: run.node, client: null };
    return [{ layer, roots: [run.subject], chains: () => chainsOfSubject(file, run.subject) }];
  });
}
