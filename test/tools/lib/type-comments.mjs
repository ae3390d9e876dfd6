/** What the comments of the types of the models say of each field: the one place where the fields are described. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * Reads interfaces and type aliases of some files.
 * @returns {Map<string, { doc: string, type: ts.TypeNode | null, fields: Map<string, Field> | null }>}
 */
export function readTypes(files) {
  const types = new Map();
  for (const file of files) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      if (ts.isInterfaceDeclaration(statement)) types.set(statement.name.text, { doc: docOf(statement), type: null, fields: fieldsIn(statement.members) });
      else if (ts.isTypeAliasDeclaration(statement)) types.set(statement.name.text, { doc: docOf(statement), type: statement.type, fields: null });
    }
  }
  return types;
}

function fieldsIn(members, inline = false) {
  return new Map(members.filter(ts.isPropertySignature).map((member) => [member.name.text ?? member.name.getText(), { doc: docOf(member), type: member.type, inline }]));
}

/** The comment in front of a declaration, on one line, lists below each other. */
function docOf(node) {
  const text = ts.getLeadingCommentRanges(node.getSourceFile().text, node.getFullStart())?.map(({ pos, end }) => node.getSourceFile().text.slice(pos, end)).findLast((comment) => comment.startsWith('/**'));
  if (text === undefined) return '';
  return text
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .filter((line) => line !== '')
    .join('\n')
    .replace(/\n(?!- )/g, ' ')
    .trim();
}

/**
 * Writes the comments into a JSON schema, as descriptions.
 * @param schema is changed
 * @param name of the type that it is the schema of
 * @returns {string[]} paths of fields that no comment describes
 */
export function describeSchema(schema, name, types) {
  const missing = [];
  describeNode(schema, { reference: name }, name, types, missing, types.get(name)?.doc);
  return missing;
}

function describeNode(schema, type, path, types, missing, above = '') {
  const fields = fieldsOf(type, types);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const candidates = fields.filter((each) => each.has(name));
    const [field] = (schema.properties.is?.const === undefined && schema.properties.by === undefined ? candidates : candidates.filter((each) => agrees(each, schema))).concat(candidates).map((each) => each.get(name));
    if (field === undefined) {
      missing.push(`${path}.${name}: no such field in the types`);
      continue;
    }
    // Two fields of an object without a name share what is said of it.
    const doc = field.doc || docOfType(field.type, types) || (field.inline ? above : '');
    if (doc === '' && property.const === undefined) missing.push(`${path}.${name}`);
    else if (doc !== '') schema.properties[name] = withDescription(property, doc);
    describeNode(schema.properties[name], field.type, `${path}.${name}`, types, missing, doc);
  }
  for (const inner of [schema.items, typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    if (inner !== undefined && inner.$ref === undefined) describeNode(inner, type, path, types, missing, above);
  }
}

const withDescription = (property, description) => ({ description, ...property });

/** Of the members of a union, the one that says the same of what tells them apart. */
function agrees(fields, schema) {
  return ['is', 'by'].every((key) => {
    const wanted = schema.properties[key]?.const ?? schema.properties[key]?.enum?.[0];
    return wanted === undefined || fields.get(key)?.type?.getText().includes(`'${wanted}'`) === true;
  });
}

/** The fields of a type, through lists, records, names and the members of a union: one map for each object that it may be. */
function fieldsOf(type, types) {
  if (type === undefined || type === null) return [];
  if (type.reference !== undefined) {
    const found = types.get(type.reference);
    return found === undefined ? [] : found.fields !== null ? [found.fields] : fieldsOf(found.type, types);
  }
  if (ts.isParenthesizedTypeNode(type) || ts.isTypeOperatorNode(type)) return fieldsOf(type.type, types);
  if (ts.isArrayTypeNode(type)) return fieldsOf(type.elementType, types);
  if (ts.isTypeLiteralNode(type)) return [fieldsIn(type.members, true)];
  if (ts.isUnionTypeNode(type)) return type.types.flatMap((each) => fieldsOf(each, types));
  if (ts.isIntersectionTypeNode(type)) return joined(type.types.map((each) => fieldsOf(each, types)));
  if (!ts.isTypeReferenceNode(type)) return [];
  const name = type.typeName.getText();
  if (name === 'Readonly' || name === 'Omit' || name === 'Partial') return fieldsOf(type.typeArguments[0], types);
  if (name === 'Record') return fieldsOf(type.typeArguments[1], types);
  return fieldsOf({ reference: name }, types);
}

function joined([first = [], ...rest]) {
  return rest.reduce((all, more) => all.flatMap((one) => more.map((other) => new Map([...one, ...other]))), first);
}

/** What a named type says of itself. */
function docOfType(type, types) {
  if (type === undefined) return '';
  if (ts.isTypeOperatorNode(type) || ts.isParenthesizedTypeNode(type)) return docOfType(type.type, types);
  if (ts.isArrayTypeNode(type)) return docOfType(type.elementType, types);
  if (!ts.isTypeReferenceNode(type)) return '';
  const inner = type.typeArguments?.at(-1);
  return types.get(type.typeName.getText())?.doc || (inner === undefined ? '' : docOfType(inner, types));
}
