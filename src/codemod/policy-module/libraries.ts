import { COCKATIEL } from './cockatiel-text.js';
import { OPOSSUM } from './opossum-text.js';

/** What of a module of policies is made on a library. What stands between « and » is for TypeScript alone. */
export interface LibraryText {
  readonly imports: string;
  /** Names from `node:events`. */
  readonly events: readonly string[];
  /** What a call is rejected with that was not sent. */
  readonly errors: string;
  /** `guardOf`: what stands around each attempt. */
  readonly guard: string;
}

/** A library that policies are made on. */
export interface PolicyLibrary {
  readonly text: LibraryText;
  /** Versions that have all that the text uses. */
  readonly versions: string;
  /** Packages that it needs beside it where there are types. */
  readonly types: Readonly<Record<string, string>>;
  /** The package whose copy has its types. */
  readonly typed: string;
  /** The range to depend on. */
  range(package_: { readonly from22: boolean; readonly isModule: boolean }): string;
}

export type LibraryName = 'cockatiel' | 'opossum';

export const LIBRARIES: Readonly<Record<LibraryName, PolicyLibrary>> = {
  cockatiel: {
    text: COCKATIEL,
    // `CountBreaker` came with 3.2.
    versions: '>=3.2.0',
    types: {},
    typed: 'cockatiel',
    // 4 is an ES module: Node 22 can require it, but neither Jest nor TypeScript's older module settings can.
    range: ({ from22, isModule }) => (from22 && isModule ? '^4.0.0' : '^3.2.1'),
  },
  opossum: {
    text: OPOSSUM,
    // `rotateBucketController` is in 8.1.2, and not in 8.1.0.
    versions: '>=8.1.2',
    types: { '@types/opossum': '^8.1.9' },
    typed: '@types/opossum',
    range: ({ from22 }) => (from22 ? '^10.0.0' : '^8.5.0'),
  },
};
