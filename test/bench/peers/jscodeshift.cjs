/** The same job as people write it with jscodeshift. */
module.exports = function transform(file, { jscodeshift: j }) {
  const root = j(file.source);
  let changed = false;
  root.find(j.CallExpression, { callee: { type: 'Identifier', name: 'fetch' } }).forEach(({ node }) => {
    if (node.arguments.length !== 1) return;
    const timeout = j.callExpression(j.memberExpression(j.identifier('AbortSignal'), j.identifier('timeout')), [j.numericLiteral(10_000)]);
    node.arguments.push(j.objectExpression([j.objectProperty(j.identifier('signal'), timeout)]));
    changed = true;
  });
  return changed ? root.toSource() : undefined;
};
module.exports.parser = 'ts';
