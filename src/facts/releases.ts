import type { TSESTree } from '@typescript-eslint/types';
import { controlFlow, placesOf, type Block, type ControlFlow, type Edge, type Step } from '../analysis/control-flow.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { settling } from '../analysis/summarize-throws.js';
import { memberName, rootOf, unwrap } from '../analysis/syntax.js';
import { loans, type Loan } from './loans.js';
import { usesOf, type LoanUses } from './loan-uses.js';

type Node = TSESTree.Node;

/**
 * How a loan gets lost.
 * - `on-failure`: it is given back when all goes well, and not when something fails before that
 * - `on-return`: a way that returns without an error gives nothing back
 * - `always`: nothing gives it back
 */
export type Leak = 'on-failure' | 'on-return' | 'always';

/** Something that a function takes, and whether it gives it back whatever happens. */
export interface Release extends Loan {
  readonly uses: LoanUses;
  readonly leaks: Leak | null;
  /** Where the way begins on which it is lost: what fails, or the return. */
  readonly at: Node | null;
  /** Why nothing is said. */
  readonly unknown: 'escapes' | 'passed-on' | 'shared' | 'flow' | null;
}

const MEMO = Symbol('releases');

/** What the functions of a file take and have to give back. */
export function releases(file: SourceFile): readonly Release[] {
  return file.memo(MEMO, () => {
    const all = loans(file);
    const held = new Set(all.map(({ variable }) => variable));
    return all.filter((loan) => !endsWithAnother(loan, held)).map(judge);
  });
}

/** A page of a browser that the function takes too: who closes the browser closes the page. */
function endsWithAnother({ file, node, model }: Loan, held: ReadonlySet<Loan['variable']>): boolean {
  const lender = model.endedBy === undefined ? null : rootOf(node.callee);
  const variable = lender?.type === 'Identifier' ? file.bindings.variableOf(lender) : null;
  return variable !== null && variable !== 'global' && held.has(variable);
}

function judge(loan: Loan): Release {
  const uses = usesOf(loan);
  const nothing = { ...loan, uses, leaks: null, at: null, unknown: null } as const;
  if (uses.escapes) return { ...nothing, unknown: 'escapes' };
  if (uses.returns.length === 0) {
    // Without a return there is no sign that this function is the one to give it back, unless nobody else can.
    if (loan.variable === null || loan.model.expires === true || loan.model.returned.some(({ by }) => by === 'lender')) return { ...nothing, unknown: 'escapes' };
    if (uses.passes.length > 0) return { ...nothing, unknown: 'passed-on' };
    if (uses.shared) return { ...nothing, unknown: 'shared' };
  }
  const flow = controlFlow(loan.file, loan.owner);
  if (flow.approximate) return { ...nothing, unknown: 'flow' };
  const ways = new Ways(loan, uses, flow);
  // Handed on in a way that ends without giving it back: the other function may have it now.
  if (uses.passes.some((pass) => ways.from(pass, false) !== null)) return { ...nothing, unknown: 'passed-on' };
  const lost = startsOf(loan, uses).map((start) => ways.from(start, true)).find((one) => one !== null) ?? null;
  if (lost === null) return ways.exhausted ? { ...nothing, unknown: 'flow' } : nothing;
  if (uses.returns.length === 0) {
    // One that is kept for a loop without end is lost only with the loop.
    const ends = startsOf(loan, uses).some((start) => ways.from(start, false) !== null) || uses.calls.length === 0;
    return { ...nothing, leaks: ends ? 'always' : null };
  }
  return { ...nothing, leaks: lost.failed === null ? 'on-return' : 'on-failure', at: lost.failed ?? lost.returned };
}

/** Where it begins to hold something, in source order. */
function startsOf(loan: Loan, { calls, passes }: LoanUses): readonly Node[] {
  return loan.model.opens === undefined ? [takingOf(loan)] : [...calls, ...passes].sort((a, b) => a.range[0] - b.range[0]);
}

/** Where it is taken: once it was waited for. */
function takingOf({ node }: Loan): Node {
  for (let current: Node = node; current.parent !== undefined; current = current.parent) {
    if (current.type === 'AwaitExpression') return current;
    if (current.type === 'VariableDeclarator' || current.type === 'AssignmentExpression' || current.type === 'ExpressionStatement') break;
  }
  return node;
}

interface Lost {
  /** What fails; `null` where nothing does. */
  readonly failed: Node | null;
  readonly returned: Node | null;
}

interface Place {
  readonly block: Block;
  readonly index: number;
  readonly failed: Node | null;
  readonly returned: Node | null;
}

/** The ways through a function on which something is not given back. */
class Ways {
  exhausted = false;
  readonly #givesBack: ReadonlySet<Node>;
  readonly #passes: ReadonlySet<Node>;

  constructor(
    private readonly loan: Loan,
    private readonly uses: LoanUses,
    private readonly flow: ControlFlow,
  ) {
    const calls = [...uses.returns, ...uses.ends];
    this.#givesBack = new Set([...calls, ...calls.flatMap((call) => this.#conditionsOf(call))]);
    this.#passes = new Set(uses.passes);
  }

  /**
   * A way from a place to the end of the function that gives nothing back.
   * @param failing may something fail on it?
   */
  from(start: Node, failing: boolean): Lost | null {
    const { flow } = this;
    const seen = new Set<string>();
    const found: Lost[] = [];
    const work: Place[] = placesOf(flow, start).filter(({ block }) => block.reachable).map((step) => ({ block: step.block, index: step.index + 1, failed: null, returned: null }));
    const starts = new Set(work);
    for (let place = work.shift(); place !== undefined; place = work.shift()) {
      const { block, failed } = place;
      if (block === flow.exit || block === flow.thrown) {
        found.push({ failed, returned: place.returned });
        continue;
      }
      flow.allowance.left -= 1 + block.steps.length - place.index;
      if (flow.allowance.left < 0) {
        this.exhausted = true;
        return null;
      }
      let returned = place.returned;
      let ended = false;
      for (let i = place.index; i < block.steps.length && !ended; i++) {
        const step = block.steps[i]!;
        // After a failure, whoever is handed it is taken to clean up.
        ended = this.#givesBack.has(step.node) || (failed !== null && this.#passes.has(step.node));
        if (step.kind === 'jump' && step.node.type === 'ReturnStatement') returned = step.node;
      }
      if (ended) continue;
      const last = block.steps.at(-1);
      const justTaken = starts.has(place) && place.index >= block.steps.length;
      for (const edge of block.successors) {
        if (this.#isRuledOut(edge)) continue;
        let cause = failed;
        if (edge.kind === 'throw' && isFallible(last)) {
          if (!failing || justTaken || !this.#fails(last!)) continue;
          cause ??= last!.node;
        }
        const key = `${edge.to.id} ${cause !== null}`;
        if (seen.has(key)) continue;
        seen.add(key);
        work.push({ block: edge.to, index: 0, failed: cause, returned });
      }
    }
    // What fails first is what one reads first.
    return found.sort((a, b) => Number(a.failed === null) - Number(b.failed === null) || startOf(a) - startOf(b))[0] ?? null;
  }

  /** Where there is nothing to give back, the loan was never taken: `if (client) client.release()`. */
  #isRuledOut({ test, kind }: Edge): boolean {
    if (test === null) return false;
    const asked = unwrap(test);
    if (this.#isLoan(asked)) return kind === 'false' || kind === 'nullish';
    if (asked.type !== 'BinaryExpression') return false;
    const [one, other] = [unwrap(asked.left as Node), unwrap(asked.right)];
    const compared = this.#isLoan(one) ? other : this.#isLoan(other) ? one : null;
    if (compared === null || !isNothing(compared)) return false;
    return asked.operator.startsWith('!') ? kind === 'false' : asked.operator.startsWith('==') && kind === 'true';
  }

  #isLoan(node: Node): boolean {
    return node.type === 'Identifier' && this.loan.variable !== null && this.loan.file.bindings.variableOf(node) === this.loan.variable;
  }

  /** Does waiting here, or throwing, fail in a way that loses the loan? Of plain calls it is not asked: nearly all could. */
  #fails({ node }: Step): boolean {
    if (node.type === 'ThrowStatement') return true;
    if (node.type !== 'AwaitExpression') return node.type === 'ForOfStatement';
    const { file, model } = this.loan;
    const awaited = unwrap(node.argument);
    if (awaited.type === 'CallExpression') {
      const callee = unwrap(awaited.callee);
      if (callee.type === 'MemberExpression' && this.#isLoan(unwrap(callee.object)) && model.opens?.includes(memberName(callee) ?? '') === true) return false;
    }
    return settling(file, node.argument) !== 'never';
  }

  /**
   * The conditions around a return of the loan that decide whether there is one: those that ask about it, all
   * where errors are handled or that may go with a condition of the taking, and those after which all goes on.
   */
  #conditionsOf(call: Node): readonly Node[] {
    const found: Node[] = [];
    const isElsewhere = !isInside(call, this.loan.statement.parent);
    let inHandler = false;
    const conditions: { readonly node: Node; readonly test: Node }[] = [];
    for (let child: Node = call, current = call.parent; current !== undefined && current !== this.loan.owner; child = current, current = current.parent) {
      if (current.type === 'CatchClause' || (current.type === 'TryStatement' && current.finalizer === child)) {
        inHandler = true;
        found.push(...conditions.splice(0).map(({ node }) => node));
      } else if ((current.type === 'IfStatement' || current.type === 'ConditionalExpression') && child !== current.test) conditions.push({ node: current, test: current.test });
      else if (current.type === 'LogicalExpression' && child === current.right) conditions.push({ node: current, test: current.left });
    }
    if (inHandler) return found;
    const asks = (test: Node): boolean => [...this.uses.tests, ...this.uses.calls].some((one) => isInside(one, test));
    return conditions.filter(({ node, test }) => isElsewhere || asks(test) || !leavesWith(node, call)).map(({ node }) => node);
  }
}

/** Does the branch of a condition in which a call stands end in a return, an error, or a jump? */
function leavesWith(condition: Node, call: Node): boolean {
  if (condition.type !== 'IfStatement') return false;
  const branch = isInside(call, condition.consequent) ? condition.consequent : condition.alternate;
  const last = branch?.type === 'BlockStatement' ? branch.body.at(-1) : branch;
  return last != null && /^(?:Return|Throw|Break|Continue)Statement$/.test(last.type);
}

function startOf({ failed, returned }: Lost): number {
  return (failed ?? returned)?.range[0] ?? Number.MAX_SAFE_INTEGER;
}

/** The steps that may end in an error by themselves; another `throw` edge is the way on of a `finally`. */
function isFallible(step: Step | undefined): boolean {
  if (step === undefined || step.kind === 'start') return false;
  if (step.node.type === 'ThrowStatement') return step.kind === 'jump';
  if (step.node.type === 'ForOfStatement') return step.kind === 'await';
  return /^(?:Call|New|Await|Yield|TaggedTemplate|Import)Expression$/.test(step.node.type);
}

function isNothing(node: Node): boolean {
  return (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');
}
