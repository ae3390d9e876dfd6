/** The JSON schema of a file of models, and what the page says of their fields, from the schema of the settings and the comments of the types. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { replaceSection, table } from './text.mjs';
import { describeSchema, readTypes } from './type-comments.mjs';

/** @param root of the checkout */
export function modelsSchema({ file, definitions }, root) {
  const folder = join(root, 'src/models');
  const types = readTypes(readdirSync(folder).filter((name) => name.endsWith('types.ts')).map((name) => join(folder, name)));
  const { $schema, $defs, ...whole } = toJsonSchema(file, { typeMode: 'input', definitions });
  const missing = Object.entries($defs).flatMap(([name, schema]) => describeSchema(schema, name, types));
  if (missing.length > 0) throw new Error(`the types say nothing of these fields of models:\n${missing.join('\n')}`);
  for (const [name, schema] of Object.entries($defs)) $defs[name] = { description: types.get(name)?.doc || undefined, ...schema };
  whole.properties.$schema.description = 'This schema, for the editor: ./node_modules/eslint-plugin-resilience/docs/schemas/models.json';
  whole.properties.models.description = 'What your own or unlisted libraries do: clients, and policies around calls.';
  return { $schema, title: 'Models of eslint-plugin-resilience', ...whole, $defs };
}

/** The parts of the page that are tables of fields, in this order, with the words in front of each. */
const SECTIONS = [
  ['a model', 'ClientModel'],
  ['exports', 'ExportModel'],
  ['clients', 'ClientShape'],
  ['operations', 'OperationModel'],
  ['arguments', 'ArgumentRef'],
  ['bounds', 'BoundModel'],
  ['edits', 'EditModel'],
  ['retries', 'RetryModel'],
  ['empty results', 'EmptyResult'],
  ['policies', 'PolicyModel'],
];

/** Puts the tables of fields into the page. */
export function modelsPage(text, { $defs }) {
  let page = text;
  for (const [section, name] of SECTIONS) page = replaceSection(page, `fields of ${section}`, fieldsTable($defs[name])) ?? page;
  return page;
}

function fieldsTable(schema) {
  const objects = schema.properties === undefined ? (schema.oneOf ?? schema.anyOf) : [schema];
  const rows = new Map();
  for (const { properties, required = [] } of objects) {
    for (const [name, property] of Object.entries(properties)) {
      // One field of several forms (`is`) is one row.
      const before = rows.get(name);
      const type = typeOf(property);
      rows.set(name, before === undefined ? { property, types: [type], required: required.includes(name), of: objects.length === 1 ? [] : [properties.is.const] } : { ...before, types: [...new Set([...before.types, type])], of: [...before.of, properties.is.const] });
    }
  }
  const cells = [...rows].map(([name, { property, types, required, of }]) => [
    `\`${name}\``,
    `${property.description.replace(/\n- /g, '; ').replace(/\.$/, '')}${of.length > 0 && of.length < objects.length ? ` (of ${of.map((each) => `\`${each}\``).join(', ')})` : ''}`,
    types.join(' or '),
    required ? 'required' : property.default === undefined ? '' : `\`${JSON.stringify(property.default)}\``,
  ]);
  return table(['Field', 'What it says', 'Form', 'Default'], cells.map((row) => row.map((cell) => cell.replaceAll('|', '\\|'))));
}

/** Forms that the page has a table of are named by their section. */
const NAMED = { ArgumentRef: 'argument', OperationModel: 'operation', ExportModel: 'export', ClientShape: 'client', BoundModel: 'bound', EditModel: 'edit', RetryModel: 'retry', EmptyResult: 'empty result' };

function typeOf(schema) {
  if (schema.$ref !== undefined) return NAMED[schema.$ref.split('/').at(-1)] ?? 'object';
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`;
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object') return `${typeOf(schema.additionalProperties)}, by name`;
  return { string: 'text', integer: 'whole number', boolean: '`true`, `false`' }[schema.type] ?? schema.type ?? 'object';
}
