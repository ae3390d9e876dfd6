import type { SectionName } from './seam-types.js';

const FUNCTIONS: readonly RegExp[] = [/\bfunction policy\(/, /\bfunction resetPolicies\(/];

/** Is a text a module of policies, as `wrap-clients` writes it? By names that its users import, and that nobody renames by chance. */
export const isModuleOfPolicies = (text: string): boolean => FUNCTIONS.every((words) => words.test(text));

/** The methods of a policy that are handed a call: which calls it may send again. */
export const WAYS_OF_POLICIES = ['retry', 'retryUnsent', 'once'] as const;

export type WayOfPolicy = (typeof WAYS_OF_POLICIES)[number];

/** An input of a command that may be a stream, which passes by the policy of a client, by the function that puts the policy there. */
export const PASSES_BY: Readonly<Partial<Record<SectionName, string>>> = { throughPolicy: 'Body' };

/** Functions of the module that tell by the request whether it may be sent again; the others send it once, and leave it to the client to try again. */
export const TELLS_READS: ReadonlySet<SectionName> = new Set(['axiosAdapter', 'kyFetch']);
