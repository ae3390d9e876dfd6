/** What we need of a schema of valibot to know which fields stand where. */
interface SchemaNode {
  readonly type: string;
  /** Of an object: its fields. */
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  /** Of a list. */
  readonly item?: SchemaNode;
  /** Of a record. */
  readonly value?: SchemaNode;
  /** Of something optional. */
  readonly wrapped?: SchemaNode;
  /** Of a union. */
  readonly options?: readonly unknown[];
  /** Of a variant: the field that tells its options apart. */
  readonly key?: string;
  readonly literal?: unknown;
}

/** The fields that a schema has at a path into the input: what an unknown one may have been meant for. */
export function fieldsAt(schema: unknown, input: unknown, path: readonly unknown[]): readonly string[] {
  let nodes = [schema as SchemaNode];
  let given = input;
  for (const step of [...path, null]) {
    nodes = nodes.flatMap((node) => objectsIn(node, given));
    if (step === null) break;
    nodes = nodes.flatMap((node) => {
      const below = node.entries === undefined ? (node.item ?? node.value) : Object.hasOwn(node.entries, String(step)) ? node.entries[String(step)] : undefined;
      return below === undefined ? [] : [below];
    });
    given = typeof given === 'object' && given !== null ? (given as Record<string, unknown>)[String(step)] : undefined;
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.entries ?? {})))];
}

/** Through what is optional, and into the options of a union; of a variant only into the one that the input names, where it does. */
function objectsIn(node: SchemaNode, given: unknown): readonly SchemaNode[] {
  if (node.wrapped !== undefined) return objectsIn(node.wrapped, given);
  if (node.options === undefined) return [node];
  const options = node.options.filter((option): option is SchemaNode => typeof option === 'object' && option !== null);
  const { key } = node;
  const named = key === undefined || typeof given !== 'object' || given === null ? undefined : (given as Record<string, unknown>)[key];
  const chosen = key === undefined ? [] : options.filter((option) => option.entries?.[key]?.literal === named || option.entries?.[key]?.options?.includes(named) === true);
  return (chosen.length > 0 ? chosen : options).flatMap((option) => objectsIn(option, given));
}
