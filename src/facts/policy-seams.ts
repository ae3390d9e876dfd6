import type { TSESTree } from '@typescript-eslint/types';
import { readLayers } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import type { InstanceValue } from '../analysis/value.js';
import type { SeamModel, SeamWrite } from '../models/seam-types.js';
import { holdsFor } from '../models/version-range.js';
import { versionOf } from './bound-options.js';
import { clientConstructions } from './client-constructions.js';
import { downstreamOf, ofName, type Downstream } from './downstreams.js';
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
    | { readonly is: 'refused'; readonly reason: 'in-policy' | 'seam-taken' | 'downstream-varies' | 'serverless' | 'old-version'; readonly detail: string };
}

const MEMO = Symbol('policy seams');

/** The clients of a file that take a policy where they are made, so that all their calls go through it. */
export function policySeams(file: SourceFile): readonly PolicySeam[] {
  return file.memo(MEMO, () =>
    clientConstructions(file).flatMap(({ node, instance }) => {
      const { seam } = instance.model;
      if (seam?.outcomes === undefined || seam.write === undefined) return [];
      const own = { ...seam, write: seam.write };
      return [{ node, instance, seam: own, verdict: verdictOf(file, node, instance, own) }];
    }),
  );
}

function verdictOf(file: SourceFile, node: Construction, instance: InstanceValue, seam: PolicySeam['seam']): PolicySeam['verdict'] {
  const title = instance.model.clients[instance.client]?.title ?? instance.model.title;
  const { write } = seam;
  if (seam.versions !== undefined && !holdsFor(versionOf(instance).version, seam.versions)) return { is: 'refused', reason: 'old-version', detail: title };
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
      return instance.packageName?.startsWith(service.after) === true ? ofName(instance.packageName.slice(service.after.length)) : { is: 'varies', why: 'its package does not say' };
    case 'argument': {
      const argument = node.arguments[service.at];
      return argument === undefined || argument.type === 'SpreadElement' ? { is: 'varies', why: 'its address is not written here' } : downstreamOf(file, argument);
    }
    case 'option':
      return ofOption(optionOf(instance, service.path));
  }
}

function ofOption(answer: ReturnType<typeof optionOf>): Downstream {
  const place = answer.is === 'set' ? answer.place : null;
  if (place === null) return { is: 'varies', why: 'it has no base address' };
  const node: Node = place.node.type === 'Property' ? place.node.value : place.node;
  return downstreamOf(place.file, node);
}
