/** Where types of one name stand in a package, by the text of its files. */
export interface TypeSites {
  /** Files that declare a class, interface or alias of this name. */
  readonly declaredIn: readonly string[];
  /** Files with a class or interface that is made on it. */
  readonly namedIn: readonly string[];
}

const DECLARATION = /\b(?:class|interface)\s+([\w$]+)|\btype\s+([\w$]+)\s*(?:<[^=;{]*>\s*)?=/g;
const HERITAGE = /\b(?:implements|extends)\s+([\w$<>,.\s[\]|&'"]+?)\s*(?=\{)/g;
const NAME = /[\w$]+/g;

/**
 * An index of the types whose name is asked for. By text, so that only the few files are parsed that
 * matter; what is found is looked at again in the syntax.
 */
export function indexTypes(texts: readonly { readonly path: string; readonly text: string }[], wanted: RegExp): ReadonlyMap<string, TypeSites> {
  const found = new Map<string, { readonly declaredIn: Set<string>; readonly namedIn: Set<string> }>();
  const at = (name: string) => {
    let sites = found.get(name);
    if (sites === undefined) found.set(name, (sites = { declaredIn: new Set(), namedIn: new Set() }));
    return sites;
  };
  for (const { path, text } of texts) {
    for (const [, declared, alias] of text.matchAll(DECLARATION)) {
      const name = declared ?? alias!;
      if (wanted.test(name)) at(name).declaredIn.add(path);
    }
    for (const [, list] of text.matchAll(HERITAGE)) {
      for (const [name] of list!.matchAll(NAME)) if (wanted.test(name)) at(name).namedIn.add(path);
    }
  }
  return new Map([...found].map(([name, { declaredIn, namedIn }]) => [name, { declaredIn: [...declaredIn], namedIn: [...namedIn] }]));
}
