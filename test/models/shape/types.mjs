/**
 * Steps along types. Each gives `{ types, open }`: what was found, and whether something on the way says
 * nothing (`any`, `unknown`, an index of any name), so that what was not found may be there all the same.
 */
import ts from 'typescript';

const SILENT = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive;
const NOTHING = ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never;

export const none = () => ({ types: [], open: false });
export const of = (...types) => ({ types, open: false });

export function both(...found) {
  return { types: [...new Set(found.flatMap(({ types }) => types))], open: found.some(({ open }) => open) };
}

export function walker(checker) {
  /** The constituents of a union, without null and undefined; of a type parameter, what it has to be. */
  function parts(type) {
    if (type.isUnion()) return type.types.flatMap(parts);
    if ((type.flags & NOTHING) !== 0) return [];
    if ((type.flags & (ts.TypeFlags.Instantiable | ts.TypeFlags.TypeParameter)) !== 0) {
      const bound = checker.getBaseConstraintOfType(type);
      return bound === undefined ? [checker.getAnyType()] : bound === type ? [type] : parts(bound);
    }
    return [type];
  }

  /** `Function` can be called with anything, and says no more. */
  const isSilent = (type) => (type.flags & SILENT) !== 0 || (type.symbol?.name === 'Function' && checker.getSignaturesOfType(type, ts.SignatureKind.Call).length === 0);
  const hasIndex = (type) => checker.getIndexInfosOfType(type).length > 0;
  const ownProperties = (type) => checker.getPropertiesOfType(type).filter(({ name }) => !name.startsWith('__'));
  const ownNames = (type) => ownProperties(type).map(({ name }) => name);
  const propertyOf = (type, name) => checker.getPropertyOfType(type, name) ?? checker.getPropertyOfType(checker.getApparentType(type), name);

  function step(from, name) {
    const found = { types: [], open: from.open };
    for (const type of from.types.flatMap(parts)) {
      if (isSilent(type)) found.open = true;
      else if (name.includes('*')) {
        const fits = pattern(name);
        for (const own of ownProperties(type)) if (fits.test(own.name)) found.types.push(checker.getTypeOfSymbol(own));
        const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
        if (index !== undefined && isSilent(index.type)) found.open = true;
        else if (index !== undefined) found.types.push(index.type);
      } else {
        const property = propertyOf(type, name);
        if (property !== undefined) found.types.push(checker.getTypeOfSymbol(property));
        else if (/^\d+$/.test(name) && checker.getIndexInfoOfType(type, ts.IndexKind.Number) !== undefined) found.types.push(checker.getIndexInfoOfType(type, ts.IndexKind.Number).type);
        else if (checker.getIndexInfoOfType(type, ts.IndexKind.String) !== undefined) found.open = true;
      }
    }
    return found;
  }

  /** `**` stands for one name, or two. */
  function path(from, dotted) {
    let at = from;
    for (const name of dotted === '' ? [] : dotted.split('.')) {
      if (name === '**') {
        const first = step(at, '*');
        at = both(first, step(first, '*'));
      } else at = step(at, name);
    }
    return at;
  }

  const signatures = (from, kind) => from.types.flatMap(parts).flatMap((type) => (isSilent(type) ? [] : [...checker.getSignaturesOfType(type, kind)]));
  const calls = (from) => signatures(from, ts.SignatureKind.Call);
  const constructs = (from) => signatures(from, ts.SignatureKind.Construct);

  function isPromise(type) {
    const names = ['Promise', 'PromiseLike', 'Bluebird'];
    return names.includes(type.symbol?.name) || (type.isClassOrInterface() || (type.objectFlags & ts.ObjectFlags.Reference) !== 0) && (checker.getBaseTypes(type.target ?? type) ?? []).some((base) => names.includes(base.symbol?.name));
  }

  /** What a call gives; of a promise, what it is kept with. */
  function results(all) {
    const found = none();
    for (const type of all.map((signature) => checker.getReturnTypeOfSignature(signature)).flatMap((type) => (isSilent(type) ? [type] : parts(type)))) {
      if (isSilent(type)) found.open = true;
      else if (!isPromise(type)) found.types.push(type);
      else {
        found.types.push(type);
        const kept = checker.getAwaitedType(type);
        for (const part of kept === undefined ? [] : isSilent(kept) ? [kept] : parts(kept)) {
          if (isSilent(part)) found.open = true;
          else found.types.push(part);
        }
      }
    }
    return both(found);
  }

  /** The type of a parameter, rest parameters taken apart; null where there is none. */
  function parameter(signature, index) {
    const last = signature.parameters.length - 1;
    const rest = last >= 0 && isRest(signature.parameters[last]);
    if (index < (rest ? last : last + 1)) return checker.getTypeOfSymbol(signature.parameters[index]);
    if (!rest) return null;
    const found = parts(checker.getTypeOfSymbol(signature.parameters[last])).flatMap((type) => {
      if (isSilent(type)) return [type];
      if (checker.isTupleType(type)) return checker.getTypeArguments(type).slice(index - last, index - last + 1);
      const element = checker.getIndexInfoOfType(type, ts.IndexKind.Number);
      return element === undefined ? [] : [element.type];
    });
    return found[0] ?? null;
  }

  function isRest(symbol) {
    return symbol.valueDeclaration !== undefined ? ts.isParameter(symbol.valueDeclaration) && symbol.valueDeclaration.dotDotDotToken !== undefined : (symbol.links?.checkFlags & 32768) !== 0;
  }

  /** The types of an argument over all overloads; `positions` are those that some overload has. */
  function argument(all, ref) {
    const positions = new Set();
    let found = none();
    for (const signature of all) {
      const wanted = ref.at === 'last' ? Array.from({ length: 12 }, (_, i) => i).filter((i) => i >= (ref.after ?? 0)) : ref.at;
      for (const index of wanted) {
        const type = parameter(signature, index);
        if (type === null) continue;
        positions.add(index);
        found = both(found, isSilent(type) ? { types: [], open: true } : of(...parts(type)));
      }
    }
    if (ref.factory !== undefined) found = results(calls(path(found, ref.factory)));
    if (ref.path !== undefined) found = path(found, ref.path);
    return { ...found, positions };
  }

  const isAssignable = (from, to) => !isSilent(from) && !isSilent(to) && checker.isTypeAssignableTo(from, to);

  return { parts, step, path, calls, constructs, results, argument, isAssignable, isSilent, ownNames, hasIndex };
}

export function pattern(name) {
  return new RegExp(`^${name.split('*').map((part) => part.replace(/[$.+?^(){}|[\]\\]/g, '\\$&')).join('.*')}$`);
}
