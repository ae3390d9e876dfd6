import { newModule, type NewModule, type StartingLimits } from '../../../src/codemod/policy-module/module-text.js';
import { LIBRARIES, type LibraryName } from '../../../src/codemod/policy-module/libraries.js';
import { SECTIONS } from '../../../src/codemod/policy-module/sections.js';
import type { SectionName } from '../../../src/models/seam-types.js';
import { OUTCOMES, type OutcomesName } from '../../../src/models/outcomes.js';

export const LIMITS: StartingLimits = { deadline: 30_000, attempt: 10_000, retries: 2, backoff: 200, maxBackoff: 5_000, concurrency: 200, failureRate: 50, window: 20, halfOpenAfter: 10_000 };

export const LIBRARY_NAMES = Object.keys(LIBRARIES) as LibraryName[];

/** A module for each library and each section, with each reading of outcomes, by a name of its own. */
export function writtenModules(language: NewModule['language'], options: Pick<NewModule, 'withoutInterop'> = {}): ReadonlyMap<string, string> {
  const sections = [null, ...(Object.keys(SECTIONS) as SectionName[])];
  const outcomes = Object.keys(OUTCOMES) as OutcomesName[];
  return new Map(
    LIBRARY_NAMES.flatMap((library) =>
      sections.map((section) => {
        const policies = outcomes.map((name) => ({ name: `${name}Service`, service: `${name}.internal`, outcomes: name, section }));
        return [`${library}-${section ?? 'alone'}`, newModule({ language, limits: LIMITS, policies, library, ...options })] as const;
      }),
    ),
  );
}
