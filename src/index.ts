import plugin from './plugin.js';

export * from './plugin.js';
export default plugin;
// `require()` of an ES module gives its namespace; this name makes it give the plugin. Compilers before 5.6 cannot
// read it in a declaration: package.json shows them `plugin.d.ts`.
export { plugin as 'module.exports' };
