/** The text of the registry for these model files. */
export function registryText(clients: readonly string[], policies: readonly string[], observers: readonly string[]): string;
/** @returns the files that were, or with `check` would be, rewritten */
export function updateRegistry(options?: { check?: boolean }): Promise<string[]>;
