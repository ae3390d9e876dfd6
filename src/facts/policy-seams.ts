import type { TSESTree } from '@typescript-eslint/types';
import { readLayers } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction } from '../analysis/syntax.js';
import type { InstanceValue } from '../analysis/value.js';
import type { SeamModel, SeamService, SeamWrite } from '../models/seam-types.js';
import { holdsFor } from '../models/version-range.js';
import { versionOf } from './bound-options.js';
import { clientConstructions } from './client-constructions.js';
import { downstreamOf, downstreamOfTarget, ofName, type Downstream } from './downstreams.js';
import { isHandedToPolicy } from './policy-scopes.js';
import { runsAsFunction } from './serverless.js';

type Node = TSESTree.Node;
type Construction = TSESTree.CallExpression | TSESTree.NewExpression;

/** A client that is made here and has a place for a policy. */
export interface PolicySeam {
  readonly node: Construction;
  readonly instance: InstanceValue;
  readonly seam: SeamModel & { readonly write: SeamWrite };
  readonly verdict:
    | { readonly is: 'wrap'; readonly downstream: Extract<Downstream, { readonly is: 'constant' }> }
    | { readonly is: 'refused'; readonly reason: 'in-policy' | 'seam-taken' | 'slow-service' | 'downstream-varies' | 'serverless' | 'old-version'; readonly detail: string };
}

const MEMO = Symbol('policy seams');

/** The clients of a file that take a policy where they are made, so that all their calls go through it. */
export function policySeams(file: SourceFile): readonly PolicySeam[] {
  return file.memo(MEMO, () =>
    clientConstructions(file).flatMap(({ node, instance }) => {
      const { seam } = instance.model;
      if (seam?.outcomes === undefined || seam.write === undefined || seam.on?.includes(instance.client) === false) return [];
      const own = { ...seam, write: seam.write };
      return [{ node, instance, seam: own, verdict: verdictOf(file, node, instance, own) }];
    }),
  );
}

function verdictOf(file: SourceFile, node: Construction, instance: InstanceValue, seam: PolicySeam['seam']): PolicySeam['verdict'] {
  const title = instance.model.clients[instance.client]?.title ?? instance.model.title;
  const { write } = seam;
  if (seam.versions !== undefined && !holdsFor(versionOf(instance).version, seam.versions)) return { is: 'refused', reason: 'old-version', detail: title };
  if (write.form === 'around' && isHandedToPolicy(file, node)) return { is: 'refused', reason: 'in-policy', detail: title };
  const inTheWay = [...(write.form === 'list' ? [write.path] : []), ...(write.notWith ?? [])].find((path) => optionOf(instance, path).is !== 'absent');
  if (inTheWay !== undefined) return { is: 'refused', reason: 'seam-taken', detail: `${title}: \`${inTheWay}\`` };
  const slow = slowService(instance, write);
  if (slow !== null) return { is: 'refused', reason: 'slow-service', detail: slow };
  if (write.form === 'option' && optionOf(instance, write.path).is !== 'absent') return { is: 'refused', reason: 'seam-taken', detail: `${title}: \`${write.path}\`` };
  const platform = runsAsFunction(file);
  if (platform !== null) return { is: 'refused', reason: 'serverless', detail: `${title} (${platform})` };
  const downstream = serviceOf(file, node, instance, write);
  if (downstream.is === 'constant') return { is: 'wrap', downstream };
  return { is: 'refused', reason: 'downstream-varies', detail: `${title}: ${downstream.is === 'varies' ? downstream.why : 'its address is a path alone'}` };
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
