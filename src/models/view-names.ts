/** Hooks by which a component keeps state or acts: what stands in a function below them runs in a browser. */
const STATEFUL = ['State', 'Effect', 'LayoutEffect', 'Ref', 'Reducer', 'Callback'];

/** The name of such a hook. */
export const STATEFUL_HOOK = new RegExp(`^use(?:${STATEFUL.join('|')})$`);

/** A call of one in a text that is not parsed, or of the one that reads what is handed down. */
export const CALLS_HOOK = new RegExp(`\\buse(?:${[...STATEFUL, 'Context'].join('|')})(?:<[^()]*>)?\\(`);

/** Modules that these hooks are imported from. */
export const HOOK_MODULES: ReadonlySet<string> = new Set(['react', 'preact/hooks', 'preact/compat']);
