import type { Place, Reason, ReasonCode, Value } from '../analysis/value.js';
import { fromRoot } from './find-files.js';

/** Why a question has no answer, for people. */
const REASONS: Readonly<Record<ReasonCode, string>> = {
  parameter: 'it comes from the caller',
  'opaque-call': 'it is the result of a function that was not resolved',
  'opaque-spread': 'something unknown is spread in',
  'other-file-off': 'it stands in another file, and other files are not read',
  'unresolved-import': 'its import was not resolved',
  environment: 'it depends on an environment variable',
  'connection-url': 'options may travel in a URL that is not known',
  interceptor: 'an interceptor or hook may set it',
  mutated: 'the object may be changed before it is used',
  'untyped-receiver': 'nothing says what the receiver is',
  injected: 'a container makes it, with options that are not known',
  'sometimes-set': 'it is set on some paths only',
  'dynamic-key': 'a key is worked out at run time',
  wrapper: 'a helper around it may bound it',
  signal: 'nothing says what aborts the signal',
  'registrations-differ': 'it is registered more than once, with different options',
  driver: 'the driver below it sets the limits',
  version: 'no model covers the installed version',
  'replaced-global': 'the global is assigned somewhere',
  'replaced-transport': 'a fetch, adapter or agent of the project is passed',
  depth: 'the code nests too deeply to follow',
  syntax: 'code of this form is not evaluated',
};

/** A reason as a clause: `it comes from the caller`. */
export function describeReason(reason: Reason): string {
  const clause = REASONS[reason.code] ?? reason.code;
  return reason.detail === undefined ? clause : `${clause} (${reason.detail})`;
}

/** `src/client.ts:12:5`. */
export function describePlace(place: Place, root: string): string {
  const { line, column } = place.file.lines.locate(place.node.range[0]);
  return `${fromRoot(root, place.file.path)}:${line}:${column + 1}`;
}

/** A value as a noun phrase, short enough for one line. */
export function describeValue(value: Value, root: string): string {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' ? JSON.stringify(value.value) : String(value.value);
    case 'text':
      return `\`${value.parts.map((part) => part ?? '…').join('')}\``;
    case 'regexp':
      return 'a regular expression';
    case 'object':
      return 'an object';
    case 'array':
      return 'an array';
    case 'function':
      return `a function of this project (${describePlace(value, root)})`;
    case 'class':
      return `the class ${value.node.id?.name ?? 'without a name'} of this project (${describePlace(value, root)})`;
    case 'object-of-class':
      return `an object of the class ${value.node.id?.name ?? 'without a name'} of this project (${describePlace(value, root)})`;
    case 'export':
      return value.path.length === 0 ? `the package ${value.package}` : `${value.path.join('.')} of the package ${value.package}`;
    case 'module':
      return `the file ${fromRoot(root, value.file.path)}`;
    case 'model-export':
      return `${value.path} of ${value.model.title}`;
    case 'instance':
      return `${value.model.clients[value.client]?.title ?? value.client}${value.made === null ? '' : `, made at ${describePlace(value.made, root)}`}`;
    case 'instance-member':
      return `${value.path.join('.')} of ${value.instance.model.clients[value.instance.client]?.title ?? value.instance.client}`;
    case 'operation':
      return value.name;
    case 'policy-export':
      return `${value.path} of ${value.model.title}`;
    case 'policy':
      return `a policy of ${value.model.title}, made at ${describePlace(value.place, root)}`;
    case 'signal':
      return value.abortedBy === 'timer' ? `a signal aborted by a timer${value.ms === null ? '' : ` (${describeValue(value.ms, root)} ms)`}` : 'a signal that no timer aborts';
    case 'controller':
      return 'an AbortController';
    case 'url':
      return `a URL made of ${describeValue(value.text, root)}`;
    case 'parameter':
      return `parameter ${value.index + 1}${value.path.length > 0 ? ` (.${value.path.join('.')})` : ''} of the enclosing function`;
    case 'env':
      return `the environment variable ${value.name}`;
    case 'builtin':
      return `${value.path.join('.')} of the language or run time`;
    case 'union':
      return value.members.map((member) => describeValue(member, root)).join(' or ');
    case 'unknown':
      return `unknown: ${describeReason(value.reason)}`;
  }
}
