import type { Rule } from 'eslint';

/** Rule families; one preset each. */
export type Family = 'timeouts' | 'retries' | 'errors' | 'nulls' | 'cache' | 'resources' | 'data' | 'messaging' | 'config';

/** The lowest preset that switches a rule on; `off`: only `all` and its family do. */
export type Tier = 'recommended' | 'strict' | 'off';

export interface RuleDocs {
  readonly family: Family;
  readonly tier: Tier;
  /** Completes "This rule will …", no full stop. */
  readonly description: string;
  /** What its findings are called when they are counted: "34 unbounded calls and clients". */
  readonly finds?: { readonly one: string; readonly many: string };
  /** The codemod that mends what the rule reports. */
  readonly codemod?: string;
  /** Options that a preset passes to the rule; absent: its defaults. */
  readonly presetOptions?: Readonly<Partial<Record<'recommended' | 'strict' | 'all', readonly unknown[]>>>;
}

export interface RuleDefinition {
  readonly name: string;
  readonly meta: Omit<Rule.RuleMetaData, 'docs'> & { readonly docs: RuleDocs };
  create(context: Rule.RuleContext): Rule.RuleListener;
}

export interface ResilienceRule extends Rule.RuleModule {
  readonly meta: Rule.RuleMetaData & { readonly docs: Rule.RuleMetaData['docs'] & RuleDocs };
  create(context: Rule.RuleContext): Rule.RuleListener;
}

/** Where a rule's page is published. */
export function pageOf(rule: string): string {
  return `https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/${rule}.md`;
}

/** Makes an ESLint rule of a definition: adds the page's address and the flags that tools read. */
export function createRule(definition: RuleDefinition): ResilienceRule {
  const { docs, ...meta } = definition.meta;
  return {
    meta: {
      ...meta,
      docs: { ...docs, url: pageOf(definition.name), recommended: docs.tier === 'recommended' },
    } as ResilienceRule['meta'],
    create: (context) => definition.create(context),
  };
}
