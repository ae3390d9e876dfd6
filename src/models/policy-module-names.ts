import type { SectionName } from './seam-types.js';

/** What a module of policies has, as `wrap-clients` writes it: names that its users import, and that nobody renames by chance. */
export const MODULE_OF_POLICIES: readonly RegExp[] = [/\bfunction policy\b/, /\bfunction resetPolicies\(/, /\bconst LIMITS\b/];

/** The methods of a policy that are handed a call. */
export const WAYS_OF_POLICIES = ['retry', 'retryUnsent', 'once'] as const;

export type WayOfPolicy = (typeof WAYS_OF_POLICIES)[number];

/** Functions of the module that tell by the request whether it may be sent again; the others send it once, and leave it to the client to try again. */
export const TELLS_READS: ReadonlySet<SectionName> = new Set(['axiosAdapter', 'kyFetch']);
