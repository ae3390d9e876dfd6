import type { Decision } from '../eslint/decisions.js';
import type { RuleStats } from './report.js';

interface Tally {
  set: number;
  absent: number;
  unknown: number;
}

/** Sums decisions up, rule by rule. */
export class DecisionCounter {
  readonly #rules = new Map<string, { total: Tally; kinds: Map<string, Tally>; reasons: Map<string, number> }>();

  add(decision: Decision): void {
    const rule = this.#of(decision.rule);
    rule.total[decision.verdict]++;
    let kind = rule.kinds.get(decision.kind);
    if (kind === undefined) rule.kinds.set(decision.kind, (kind = empty()));
    kind[decision.verdict]++;
    if (decision.verdict === 'unknown') rule.reasons.set(decision.reason, (rule.reasons.get(decision.reason) ?? 0) + 1);
  }

  /** Adds what another run counted. */
  addCounted({ rule: name, set, absent, unknown, kinds, unknownReasons }: RuleStats): void {
    const rule = this.#of(name);
    addTo(rule.total, { set, absent, unknown });
    for (const [kind, tally] of Object.entries(kinds)) {
      const known = rule.kinds.get(kind) ?? empty();
      rule.kinds.set(kind, known);
      addTo(known, tally);
    }
    for (const { reason, count } of unknownReasons) rule.reasons.set(reason, (rule.reasons.get(reason) ?? 0) + count);
  }

  #of(name: string): { total: Tally; kinds: Map<string, Tally>; reasons: Map<string, number> } {
    let rule = this.#rules.get(name);
    if (rule === undefined) this.#rules.set(name, (rule = { total: empty(), kinds: new Map(), reasons: new Map() }));
    return rule;
  }

  result(): RuleStats[] {
    return [...this.#rules]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([rule, { total, kinds, reasons }]) => {
        const sites = total.set + total.absent + total.unknown;
        return {
          rule,
          sites,
          ...total,
          decidedShare: sites === 0 ? null : (total.set + total.absent) / sites,
          kinds: Object.fromEntries([...kinds].sort(([a], [b]) => (a < b ? -1 : 1))),
          unknownReasons: [...reasons]
            .map(([reason, count]) => ({ reason, count }))
            .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
        };
      });
  }
}

function addTo(tally: Tally, other: Readonly<Tally>): void {
  tally.set += other.set;
  tally.absent += other.absent;
  tally.unknown += other.unknown;
}

const empty = (): Tally => ({ set: 0, absent: 0, unknown: 0 });
