import type { Place, Reason } from '../analysis/value.js';

/**
 * `src/a.ts:12`.
 * @param from the file that is read: what both paths share is left out
 */
export function placeOf(place: Place, from?: string): string {
  const { line } = place.file.lines.locate(place.node.range[0]);
  const parts = place.file.path.split(/[\/]/);
  let shared = parts.length - 2;
  if (from !== undefined) {
    const other = from.split(/[\/]/);
    const differs = parts.findIndex((part, index) => part !== other[index]);
    if (differs !== -1) shared = Math.min(shared, differs);
  }
  return `${parts.slice(Math.max(0, shared)).join('/')}:${line}`;
}

/** A reason as a clause for people. */
export function reasonText(reason: Reason): string {
  const text = REASON_TEXT[reason.code];
  return reason.detail === undefined ? text : `${text} (${reason.detail})`;
}

const REASON_TEXT: Readonly<Record<Reason['code'], string>> = {
  parameter: 'it comes from the caller',
  'opaque-call': 'it is the result of a call that is not followed',
  'opaque-spread': 'something unknown is spread in',
  'other-file-off': 'it is made in another file, and cross-file reading is off',
  'unresolved-import': 'it comes from an import that could not be resolved',
  environment: 'it depends on the environment',
  'connection-url': 'options may travel in a connection URL that is not known here',
  interceptor: 'an interceptor runs before each request and may bound it',
  mutated: 'the object may be changed before it is used',
  'untyped-receiver': 'the receiver is not known',
  injected: 'a container makes the client with options we cannot see',
  'sometimes-set': 'it is set in some cases only',
  'dynamic-key': 'a computed key may be this option',
  wrapper: 'a helper around it may bound it',
  signal: 'the origin of the signal is not known',
  'registrations-differ': 'the client is registered more than once',
  driver: 'the driver below it sets the limits',
  version: 'the installed version is not covered by the model',
  'replaced-global': 'the global is replaced in this package',
  'replaced-transport': 'a transport of its own is passed',
  depth: 'it is nested too deeply to follow',
  syntax: 'it is written in a form that is not evaluated',
};
