import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { applicable } from '../analysis/evaluate-export.js';
import type { SourceFile } from '../analysis/source-file.js';
import type { InstanceValue } from '../analysis/value.js';
import type { ArgumentRef } from '../models/types.js';
import { isRegistration } from '../project/package-facts.js';

/** A call that tells a container how to make a client: `HttpModule.register({ … })`. */
export interface ClientRegistration {
  readonly node: TSESTree.CallExpression;
  readonly options: ArgumentRef;
  /** The client that the container makes of it. */
  readonly instance: InstanceValue;
}

const IMPORTED = /\b(?:from|require\s*\()\s*['"]([^'"\n.][^'"\n]*)['"]/g;

/** The registrations of a file whose options can be read where they stand. */
export function clientRegistrations(file: SourceFile): readonly ClientRegistration[] {
  const packages = [...new Set([...file.text.matchAll(IMPORTED)].map(([, name]) => name!))];
  return packages.flatMap((packageName) =>
    applicable(file, packageName, file.project.models.clients(packageName)).flatMap((model) =>
      Object.entries(model.clients).flatMap(([client, { registrations = [] }]) =>
        registrations.flatMap((registration) =>
          registration.opaque === true
            ? []
            : file.index.calls.flatMap((node): readonly ClientRegistration[] => {
                if (node.type !== 'CallExpression' || !isRegistration(file, node.callee, registration, model)) return [];
                const found = argumentValue(file, node.arguments, registration.options);
                const layers = found === null ? [] : [{ value: found.value, place: { file, node: found.node } }];
                return [{ node, options: registration.options, instance: { kind: 'instance', model, packageName, client, layers, made: { file, node }, optionsUnknown: null, from: file } }];
              }),
        ),
      ),
    ),
  );
}
