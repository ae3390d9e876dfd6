/**
 * Callees that do not change an object they are handed: builtins that only read, loggers, and HTTP
 * functions, which copy their options. By written name: what is not here is taken to change it.
 */
export const LEAVES_ARGUMENTS_ALONE =
  /^(?:JSON\.stringify|Object\.(?:keys|values|entries|freeze|hasOwn|fromEntries)|Object|Boolean|String|Number|structuredClone|Array\.isArray|console\.\w+|fetch|(?:globalThis|window)\.fetch|axios(?:\.\w+)?|got(?:\.\w+)?|ky(?:\.\w+)?|https?\.(?:request|get)|(?:this\.)?(?:log|logger)(?:\.\w+)?|new (?:Request|Map|Set|WeakMap|Error))$/;
