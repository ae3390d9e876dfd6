import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { unwrap } from '../analysis/syntax.js';
import type { Release } from '../facts/releases.js';
import { nodesWithin } from './release-statements.js';

type Node = TSESTree.Node;

/** Where names that some statements declare are used outside of them: in a block of their own they would be out of reach. */
export function declaredInside(file: SourceFile, statements: readonly TSESTree.Statement[]): readonly Node[] {
  if (statements.length === 0) return [];
  const [from, to] = [statements[0]!.range[0], statements.at(-1)!.range[1]];
  const found: Node[] = [];
  for (const statement of statements) {
    for (const name of namesOf(statement)) {
      const variable = file.bindings.variableOf(name);
      if (variable === null || variable === 'global') continue;
      for (const { identifier } of variable.references) if (identifier.range[0] < from || identifier.range[1] > to) found.push(identifier as Node);
    }
  }
  return found;
}

function namesOf(statement: TSESTree.Statement): readonly Node[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      // What `var` declares belongs to the function.
      return statement.kind === 'var' ? [] : nodesWithin(statement.declarations.map(({ id }) => id), (node) => node.type === 'Identifier');
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return statement.id === null ? [] : [statement.id];
    case 'TSEnumDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return [statement.id];
    default:
      return [];
  }
}

/**
 * Does a return hand out work that goes on: a promise that needs what the `finally` would take away?
 * Where something is given back in front of the return, the work was without it before, too.
 */
export function givesAwayLater(file: SourceFile, { variable, model, uses }: Release, statements: readonly Node[]): boolean {
  const returns = nodesWithin(statements, (node) => node.type === 'ReturnStatement') as TSESTree.ReturnStatement[];
  return returns.some((node) => {
    if (node.argument === null || isReturnedBefore(node)) return false;
    return uses.returns.length === 0 || holds(node.argument) || (model.lent === 'lock' && callsWithoutWaiting(node.argument));
  });

  /** Is it given back in front of the return, in the same list of statements? */
  function isReturnedBefore(node: TSESTree.ReturnStatement): boolean {
    return uses.returns.some((call) => call.range[1] < node.range[0] && node.parent.type === 'BlockStatement' && node.parent.body.some((one) => one.type === 'ExpressionStatement' && isInside(call, one)));
  }

  function holds(node: Node): boolean {
    return nodesWithin([node], (one) => one.type === 'Identifier' && isLoanOrPromise(one) && !isWaitedFor(one, node)).length > 0;
  }

  function isLoanOrPromise(identifier: TSESTree.Identifier): boolean {
    const found = file.bindings.variableOf(identifier);
    if (found === null || found === 'global') return false;
    if (found === variable) return true;
    const declarator = found.defs[0]?.node as Node | undefined;
    if (declarator?.type !== 'VariableDeclarator' || declarator.init == null || unwrap(declarator.init).type === 'AwaitExpression') return false;
    return variable !== null && nodesWithin([declarator.init], (one) => one.type === 'Identifier' && file.bindings.variableOf(one) === variable && !isWaitedFor(one, declarator.init!)).length > 0;
  }

  function callsWithoutWaiting(node: Node): boolean {
    return nodesWithin([node], (one) => one.type === 'CallExpression' && !isWaitedFor(one, node)).length > 0;
  }
}

function isWaitedFor(node: Node, within: Node): boolean {
  for (let current: Node | undefined = node; current !== undefined && isInside(current, within); current = current.parent) if (current.type === 'AwaitExpression') return true;
  return false;
}
