import { alternatives, type ObjectValue, type OptionAnswer, type Value } from '../../src/analysis/value.js';

const MAX_DEPTH = 4;

/**
 * A value in a short text, for tables of expectations: `5000`, `{ timeout: 5000 }`,
 * `{ timeout: 5000, … opaque-spread }`, `axios instance ({ timeout: 5000 })`, `1 | 2`, `? parameter`.
 */
export function valueText(value: Value, depth = 0): string {
  if (depth > MAX_DEPTH) return '…';
  const below = (inner: Value): string => valueText(inner, depth + 1);
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' ? `'${value.value}'` : typeof value.value === 'bigint' ? `${value.value}n` : String(value.value);
    case 'regexp':
      return `/${value.source}/`;
    case 'object':
      return objectText(value, depth);
    case 'array':
      return `[${[...value.items.map((item) => below(item())), ...(value.open === null ? [] : [`… ${value.open.code}`])].join(', ')}]`;
    case 'function': {
      const name = value.node.type === 'ArrowFunctionExpression' ? null : value.node.id?.name;
      return name == null ? 'function' : `function ${name}`;
    }
    case 'class':
      return `class ${value.node.id?.name ?? ''}`.trim();
    case 'object-of-class':
      return `object of ${value.node.id?.name ?? 'a class'}`;
    case 'export':
      return `export ${[value.package, ...value.path].join('.')}`;
    case 'module':
      return `module ${value.file.path.split('/').at(-1)!}`;
    case 'model-export':
      return `${value.model.title} ${value.path}`;
    case 'instance': {
      const title = value.model.clients[value.client]?.title ?? value.client;
      const layers = value.layers.map((layer) => below(layer.value)).join(' < ');
      return `${title} (${value.optionsUnknown === null ? layers : [layers, `? ${value.optionsUnknown.code}`].filter((text) => text !== '').join(' < ')})`;
    }
    case 'instance-member':
      return `${below(value.instance)}.${value.path.join('.')}`;
    case 'operation':
      return `operation ${value.name}`;
    case 'policy-export':
      return `policy ${value.path}`;
    case 'policy':
      return `policy made by ${value.path}`;
    case 'signal':
      return value.abortedBy === 'cancel' ? 'signal that cancels' : value.ms === null ? 'signal by a timer' : `signal after ${below(value.ms)}`;
    case 'controller':
      return 'controller';
    case 'url':
      return `URL ${below(value.text)}`;
    case 'parameter':
      return `parameter ${[String(value.index), ...value.path].join('.')}`;
    case 'env':
      return `env ${value.name}`;
    case 'text':
      return `\`${value.parts.map((part) => part ?? '?').join('')}\``;
    case 'builtin':
      return `builtin ${value.path.join('.')}`;
    case 'union':
      return [...new Set(alternatives(value).map((member) => valueText(member, depth)))].join(' | ');
    case 'unknown':
      return `? ${value.reason.code}`;
  }
}

function objectText(value: ObjectValue, depth: number): string {
  const keys = [...value.entries].map(([key, entry]) => `${key}: ${valueText(entry.value(), depth + 1)}`);
  if (value.open !== null) keys.push(`… ${value.open.code}`);
  return keys.length === 0 ? '{}' : `{ ${keys.join(', ')} }`;
}

/** `set 5000`, `absent`, `unknown parameter`. */
export function answerText(answer: OptionAnswer): string {
  switch (answer.is) {
    case 'set':
      return `set ${valueText(answer.value)}`;
    case 'absent':
      return 'absent';
    case 'unknown':
      return `unknown ${answer.reason.code}`;
  }
}
