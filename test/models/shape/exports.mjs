/** Paths of exports, as in src/models/types.ts: `require('x')` counts as `default` and as the namespace. */
import ts from 'typescript';
import { both, none, of, pattern } from './types.mjs';

export function exportsOf({ checker, modules, isCommonJs }, walk) {
  const known = [...modules.values()].filter((symbol) => symbol !== null).map((symbol) => {
    const whole = checker.resolveExternalModuleSymbol(symbol);
    const names = new Map(checker.getExportsAndPropertiesOfModule(symbol).map((item) => [item.name, item]));
    return { symbol, whole, names, commonJs: whole !== symbol || isCommonJs(symbol), open: handsOnUnknown(symbol) };
  });
  const resolved = (symbol) => ((symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol));
  const valueOf = (symbol) => {
    const real = resolved(symbol);
    if (checker.isUnknownSymbol?.(real) === true) return { types: [], open: true };
    return (real.flags & ts.SymbolFlags.Value) === 0 ? none() : taken(checker.getTypeOfSymbol(real));
  };
  const taken = (type) => (walk.isSilent(type) ? { types: [], open: true } : of(type));

  /** `export * from` a module that is not there before it is generated: anything may be exported. */
  function handsOnUnknown(symbol) {
    const file = symbol.declarations?.[0]?.getSourceFile();
    return (file?.statements ?? []).some((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined && checker.getSymbolAtLocation(statement.moduleSpecifier) === undefined);
  }

  function first(name) {
    const found = known.map(({ symbol, whole, names, commonJs, open }) => {
      if (open && !names.has(name)) return { types: [], open };
      if (name.includes('*')) return both(...[...names].filter(([own]) => pattern(name).test(own)).map(([, item]) => valueOf(item)));
      const own = names.has(name) ? valueOf(names.get(name)) : none();
      if (name !== 'default' || !commonJs) return own;
      return both(own, whole === symbol ? taken(checker.getTypeOfSymbol(symbol)) : valueOf(whole));
    });
    return both(...found);
  }

  /** The values at a path. `connect` is there where `default.connect` is. */
  function values(path) {
    const [name, ...rest] = path.split('.');
    const found = walk.path(first(name), rest.join('.'));
    if (found.types.length > 0 || name === 'default') return found;
    const below = walk.path(first('default'), path);
    return both(found, below);
  }

  /** The types that a name stands for in an annotation; below a namespace too (`Knex.Transaction`). */
  function named(name) {
    const fits = pattern(name);
    const found = [];
    for (const { whole, names } of known) {
      for (const [own, item] of names) {
        const real = resolved(item);
        // In an annotation the default goes by the name that it is imported under, mostly its own.
        if (fits.test(own) || (own === 'default' && fits.test(real.valueDeclaration?.name?.text ?? ''))) found.push(...declared(real));
        if ((real.flags & ts.SymbolFlags.Namespace) !== 0 && real.exports !== undefined) {
          for (const inner of checker.getExportsOfModule(real)) if (fits.test(inner.name)) found.push(...declared(resolved(inner)));
        }
      }
      if (fits.test('default') && whole !== undefined) found.push(...declared(whole));
      if (fits.test(whole.name)) found.push(...declared(whole));
    }
    return { types: [...new Set(found)], open: known.some(({ open }) => open) };
  }

  function declared(symbol) {
    return (symbol.flags & ts.SymbolFlags.Type) === 0 ? [] : [checker.getDeclaredTypeOfSymbol(symbol)];
  }

  return { isUntyped: known.length === 0, values, named };
}
