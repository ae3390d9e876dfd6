import type { CalledFunction, FunctionCalls } from './function-calls.js';

/** A function that ends up at another, with the number of calls between. */
export interface Reaching {
  readonly fn: CalledFunction;
  readonly steps: number;
  /** Nobody of the files that were read calls it. */
  readonly entry: boolean;
}

/** What leads to some functions. */
export interface Reach {
  /** Nearest first, then by place. */
  readonly functions: readonly Reaching[];
  /** Do all ways there, some or none go through a circuit breaker? */
  readonly broken: 'all' | 'some' | 'none';
}

/** Which function calls which, over all files of a workspace. */
export interface CallGraph {
  /** The innermost named function around an offset. */
  functionAt(path: string, offset: number): CalledFunction | null;
  /** Whatever ends up in one of these functions, they themselves with 0 steps. Rings are gone round once. */
  reach(ids: Iterable<string>): Reach;
}

interface Caller {
  readonly id: string;
  readonly broken: boolean;
}

/** Joins what single files said. */
export function joinCalls(files: Iterable<FunctionCalls>): CallGraph {
  const functions = new Map<string, CalledFunction>();
  const byPath = new Map<string, CalledFunction[]>();
  const callers = new Map<string, Caller[]>();
  const registered = new Map<string, 'handler' | 'consumer'>();
  for (const file of files) {
    for (const fn of file.functions) {
      functions.set(fn.id, fn);
      const list = byPath.get(fn.path);
      if (list === undefined) byPath.set(fn.path, [fn]);
      else list.push(fn);
    }
    for (const { from, to, broken } of file.calls) {
      const list = callers.get(to);
      if (list === undefined) callers.set(to, [{ id: from, broken }]);
      else if (!list.some((one) => one.id === from && one.broken === broken)) list.push({ id: from, broken });
    }
    for (const { id, as } of file.registered) if (registered.get(id) !== 'consumer') registered.set(id, as);
  }
  for (const [id, as] of registered) {
    const fn = functions.get(id);
    if (fn !== undefined && fn.registered === null) functions.set(id, { ...fn, registered: as });
  }
  const isEntry = (fn: CalledFunction): boolean => fn.registered !== null || !(callers.get(fn.id) ?? []).some(({ id }) => id !== fn.id && functions.has(id));
  return {
    functionAt(path, offset) {
      let found: CalledFunction | null = null;
      for (const fn of byPath.get(path) ?? []) {
        if (fn.range[0] > offset) continue;
        if (offset < fn.range[1] && (found === null || fn.range[0] >= found.range[0])) found = fn;
      }
      return found === null ? null : functions.get(found.id)!;
    },
    reach(ids) {
      const start = [...new Set(ids)].filter((id) => functions.has(id));
      const steps = stepsFrom(start, callers, functions, () => true);
      const open = stepsFrom(start, callers, functions, ({ broken }) => !broken);
      const reaching = [...steps].map(([id, count]) => ({ fn: functions.get(id)!, steps: count, entry: isEntry(functions.get(id)!) }));
      reaching.sort((a, b) => a.steps - b.steps || compare(a.fn.path, b.fn.path) || a.fn.range[0] - b.fn.range[0]);
      const isBroken = [...steps.keys()].some((id) => (callers.get(id) ?? []).some(({ broken }) => broken));
      const isOpen = [...open.keys()].some((id) => isEntry(functions.get(id)!));
      return { functions: reaching, broken: !isBroken ? 'none' : isOpen ? 'some' : 'all' };
    },
  };
}

/** Breadth first, with a list for a stack: neither rings nor long chains matter. */
function stepsFrom(start: readonly string[], callers: ReadonlyMap<string, readonly Caller[]>, functions: ReadonlyMap<string, unknown>, follows: (caller: Caller) => boolean): ReadonlyMap<string, number> {
  const steps = new Map(start.map((id) => [id, 0]));
  const queue = [...start];
  for (let next = 0; next < queue.length; next++) {
    const id = queue[next]!;
    for (const caller of callers.get(id) ?? []) {
      if (steps.has(caller.id) || !functions.has(caller.id) || !follows(caller)) continue;
      steps.set(caller.id, steps.get(id)! + 1);
      queue.push(caller.id);
    }
  }
  return steps;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
