import type { TSESTree } from '@typescript-eslint/types';
import { readLayers } from '../analysis/options.js';
import { packageVersion } from '../analysis/package-version.js';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction, unwrap } from '../analysis/syntax.js';
import type { InstanceValue, Place } from '../analysis/value.js';
import type { SeamModel, SeamService, SeamWrite } from '../models/seam-types.js';
import type { ArgumentRef } from '../models/types.js';
import { holdsFor } from '../models/version-range.js';
import { versionOf } from './bound-options.js';
import { clientConstructions } from './client-constructions.js';
import { clientRegistrations } from './client-registrations.js';
import { downstreamOf, downstreamOfTarget, ofName, type Downstream } from './downstreams.js';
import { ownAttempts, type OwnOfClient } from './own-attempts.js';
import { isHandedToPolicy, isMadeByPolicy } from './policy-scopes.js';
import { runsAsFunction } from './serverless.js';

type Node = TSESTree.Node;
type Construction = TSESTree.CallExpression | TSESTree.NewExpression;

/** A client that is made here and has a place for a policy. */
export interface PolicySeam {
  readonly node: Construction;
  readonly instance: InstanceValue;
  readonly seam: SeamModel & { readonly write: SeamWrite };
  /** Where its options stand, for a client that a container makes; `null`: where its construction has them. */
  readonly options: ArgumentRef | null;
  /** What it does by itself, and is to go or to stay; `null` where it does nothing. */
  readonly own: OwnOfClient | null;
  readonly verdict:
    | { readonly is: 'wrap'; readonly downstream: Extract<Downstream, { readonly is: 'constant' }> }
    | { readonly is: 'refused'; readonly reason: 'in-policy' | 'seam-taken' | 'own-limits' | 'slow-service' | 'downstream-varies' | 'serverless' | 'old-version'; readonly detail: string };
}

const MEMO = Symbol('policy seams');

interface Made {
  readonly node: Construction;
  readonly instance: InstanceValue;
  readonly options?: ArgumentRef;
}

/** The clients of a file that take a policy where they are made, so that all their calls go through it. */
export function policySeams(file: SourceFile): readonly PolicySeam[] {
  return file.memo(MEMO, () => {
    const made: readonly Made[] = [...clientConstructions(file), ...clientRegistrations(file)];
    const seams = made.flatMap(({ node, instance, options = null }): readonly PolicySeam[] => {
      const { seam } = instance.model;
      if (seam?.outcomes === undefined || seam.write === undefined || seam.on?.includes(instance.client) === false) return [];
      const own = { ...seam, write: seam.write };
      const verdict = verdictOf(file, node, instance, own);
      const attempts = seam.write.own === undefined ? null : ownAttempts(instance, seam.write.own);
      return verdict === null ? [] : [{ node, instance, seam: own, options, own: attempts, verdict }];
    });
    const lent = seams.filter(({ verdict }) => verdict.is === 'refused').flatMap(({ node, instance }) => instance.layers.flatMap(({ place }) => (isWithin(file, node, place) ? [] : [place])));
    return seams.map((seam) => (seam.verdict.is === 'wrap' && lent.some((place) => isWithin(file, seam.node, place)) ? { ...seam, verdict: { is: 'refused', reason: 'downstream-varies', detail: `${titleOf(seam.instance)}: a client of another service is made from it` } } : seam));
  });
}

const titleOf = ({ model, client }: InstanceValue): string => model.clients[client]?.title ?? model.title;

/** `null`: the client that it is made from has the policy. */
function verdictOf(file: SourceFile, node: Construction, instance: InstanceValue, seam: PolicySeam['seam']): PolicySeam['verdict'] | null {
  const title = titleOf(instance);
  const { write } = seam;
  const inherits = inheritance(file, node, instance, write);
  if (inherits === 'all') return null;
  if (inherits === 'list') return { is: 'refused', reason: 'downstream-varies', detail: `${title}: it is made from a client of another service, whose policy it would have as well` };
  if (isOlder(file, instance, seam)) return { is: 'refused', reason: 'old-version', detail: title };
  const taken = takenBy(file, node, instance, write);
  if (taken !== null) return { is: 'refused', reason: taken, detail: `${title}: \`${write.path}\`` };
  if (write.form === 'around' && isHandedToPolicy(file, node)) return { is: 'refused', reason: 'in-policy', detail: title };
  const inTheWay = write.notWith?.find((path) => optionOf(instance, path).is !== 'absent');
  if (inTheWay !== undefined) return { is: 'refused', reason: 'seam-taken', detail: `${title}: \`${inTheWay}\`` };
  const slow = slowService(instance, write);
  if (slow !== null) return { is: 'refused', reason: 'slow-service', detail: slow };
  const platform = runsAsFunction(file);
  if (platform !== null) return { is: 'refused', reason: 'serverless', detail: `${title} (${platform})` };
  const downstream = serviceOf(file, node, instance, write);
  if (downstream.is !== 'constant') return { is: 'refused', reason: 'downstream-varies', detail: `${title}: ${downstream.is === 'varies' ? downstream.why : 'its address is a path alone'}` };
  if (write.own !== undefined && ownAttempts(instance, write.own) === null) return { is: 'refused', reason: 'own-limits', detail: `${title}: \`${write.own.bound?.path ?? write.path}\`` };
  return { is: 'wrap', downstream };
}

function isOlder(file: SourceFile, instance: InstanceValue, { versions, of }: SeamModel): boolean {
  if (versions !== undefined && !holdsFor(versionOf(instance).version, versions)) return true;
  return of !== undefined && !holdsFor(packageVersion(file, of.package).version, of.versions);
}

/** What stands in the place of the policy. A list that is written here takes one more. */
function takenBy(file: SourceFile, node: Construction, instance: InstanceValue, { form, path }: SeamWrite): 'in-policy' | 'seam-taken' | null {
  if (form !== 'option' && form !== 'list') return null;
  const answer = optionOf(instance, path);
  if (answer.is === 'absent') return null;
  const place = answer.is === 'set' && answer.place?.node.type === 'Property' ? answer.place : null;
  const value: Node | null = place?.node.type === 'Property' ? unwrap(place.node.value) : null;
  if (place !== null && value !== null && isMadeByPolicy(place.file, value)) return 'in-policy';
  return form === 'list' && value?.type === 'ArrayExpression' && isWithin(file, node, place) ? null : 'seam-taken';
}

/**
 * What a client has from another one of the project: `base.extend({ headers })` talks to the service of `base`, through its
 * policy. One with an address of its own gets its own, unless it would have both.
 */
function inheritance(file: SourceFile, node: Construction, instance: InstanceValue, { form, service }: SeamWrite): 'all' | 'list' | 'none' {
  const from = instance.layers.filter(({ place }) => !isWithin(file, node, place));
  if (from.length === 0 || service.is !== 'option') return 'none';
  const answer = optionOf(instance, service.path);
  if (answer.is === 'absent' || (answer.is === 'set' && !isWithin(file, node, answer.place))) return 'all';
  return form === 'list' && readLayers(from.map(({ value }) => value), service.path, null).is !== 'absent' ? 'list' : 'none';
}

function isWithin(file: SourceFile, node: Node, place: Place | null): boolean {
  return place?.file === file && place.node.range[0] >= node.range[0] && place.node.range[1] <= node.range[1];
}

const optionOf = (instance: InstanceValue, path: string) => readLayers(instance.layers.map((layer) => layer.value), path, instance.optionsUnknown);

function serviceOf(file: SourceFile, node: Construction, instance: InstanceValue, { service }: SeamWrite): Downstream {
  switch (service.is) {
    case 'constant':
      return ofName(service.name);
    case 'package':
      return ofPackage(node, instance, service);
    case 'argument': {
      const argument = node.arguments[service.at];
      return argument === undefined || argument.type === 'SpreadElement' ? { is: 'varies', why: 'its address is not written here' } : downstreamOfTarget(file, argument);
    }
    case 'option':
      return ofOption(optionOf(instance, service.path));
  }
}

type ServiceOfPackage = Extract<SeamService, { readonly is: 'package' }>;

const nameIn = ({ packageName }: InstanceValue, { after }: ServiceOfPackage): string | null => (packageName?.startsWith(after) === true ? packageName.slice(after.length) : null);

/** The name of a service that takes minutes for an answer. */
function slowService(instance: InstanceValue, { service }: SeamWrite): string | null {
  const name = service.is === 'package' ? nameIn(instance, service) : null;
  return name !== null && service.is === 'package' && service.slow.includes(name) ? name : null;
}

/** The service that a package is for, in the one place that the client names; another address is another service. */
function ofPackage(node: Construction, instance: InstanceValue, service: ServiceOfPackage): Downstream {
  const name = nameIn(instance, service);
  const address = optionOf(instance, service.address);
  const among = optionOf(instance, service.among);
  if (name === null) return { is: 'varies', why: 'its package does not say' };
  if (address.is !== 'absent') return ofOption(address);
  if (among.is === 'absent') return ofName(name);
  const place = among.is === 'set' ? among.place : null;
  if (place === null) return { is: 'varies', why: `its \`${service.among}\` is not known here` };
  const value: Node = place.node.type === 'Property' ? place.node.value : place.node;
  const told = downstreamOf(place.file, value);
  // A client that is made once stays where it is.
  if (told.is === 'varies' && enclosingFunction(node).type !== 'Program') return { is: 'varies', why: `its \`${service.among}\` is not known here` };
  const shown = told.is === 'constant' ? told.shown : place.file.text.slice(...value.range);
  return { ...ofName(name), shown: `${name} in ${shown.replaceAll(/['"`]/g, '')}` };
}

function ofOption(answer: ReturnType<typeof optionOf>): Downstream {
  const place = answer.is === 'set' ? answer.place : null;
  if (place === null) return { is: 'varies', why: 'it has no base address' };
  const node: Node = place.node.type === 'Property' ? place.node.value : place.node;
  return downstreamOf(place.file, node);
}
