/**
 * Written beside an option; `{ms}` in the text is the limit, `{half}` the half of it. `needed`: the option bounds
 * nothing without it (`throwOnRequestTimeout: true`), so it is also written where the option itself is there already.
 */
export interface EditBeside {
  readonly path: string;
  readonly text: string;
  readonly needed?: boolean;
}
