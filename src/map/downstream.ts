import { evaluate } from '../analysis/evaluate.js';
import type { IoCall } from '../facts/io-calls.js';
import { addressOf, type Address } from './address.js';
import type { MapDownstream } from './types.js';

/** The other side of a call, without the kinds of those who call it. */
export type Downstream = Omit<MapDownstream, 'kinds'>;

/** What a call talks to: a host, a variable that holds one, a service that its client is made for. */
export function downstreamOf(call: IoCall, clientName: string): Downstream {
  const { model } = call.operation;
  const address = model.kind === 'exec' ? null : addressOf(call);
  if (address !== null && address.is !== 'varies') return known(address);
  const service = serviceOf(call);
  if (service !== null) return { id: `service:${service}`, is: 'service', label: service };
  return address === null ? { id: `unknown:${clientName}`, is: 'unknown', label: `${model.title}, not known where` } : { id: `varies:${clientName}`, is: 'varies', label: `${model.title}, varies` };
}

function known(address: Exclude<Address, null | { readonly is: 'varies' }>): Downstream {
  switch (address.is) {
    case 'host':
      return { id: `host:${address.host}`, is: 'host', label: address.host };
    case 'env':
      return { id: `env:${address.name}`, is: 'env', label: `$${address.name}` };
    case 'constant':
      return { id: `unknown:${address.name}`, is: 'unknown', label: address.name };
  }
}

/** A client that is made for one service; of a program that is started, its name. */
function serviceOf({ file, node, operation: { model, packageName } }: IoCall): string | null {
  if (model.kind === 'exec') {
    const first = node.type === 'TaggedTemplateExpression' ? undefined : node.arguments[0];
    const value = first === undefined || first.type === 'SpreadElement' ? null : evaluate(file, first);
    const text = value?.kind === 'literal' ? value.value : value?.kind === 'text' ? value.parts[0] : null;
    return typeof text === 'string' ? (/^[\w./-]+(?=\s|$)/.exec(text)?.[0] ?? null) : null;
  }
  if (model.kind !== 'sdk' || model.service === false) return null;
  if (model.service !== undefined) return model.service;
  const service = model.seam?.write?.service;
  if (service?.is === 'package' && packageName?.includes(service.after) === true) return titled(packageName.slice(packageName.indexOf(service.after) + service.after.length));
  const wildcard = model.packages.find((name) => name.endsWith('*'))?.slice(0, -1);
  return wildcard !== undefined && packageName?.startsWith(wildcard) === true ? titled(packageName.slice(wildcard.length)) : model.title;
}

/** `s3` -> `S3`, `secrets-manager` -> `Secrets Manager`. */
function titled(name: string): string {
  return name.split('-').map((word) => (word.length <= 3 ? word.toUpperCase() : `${word[0]!.toUpperCase()}${word.slice(1)}`)).join(' ');
}
