/**
 * A preset in the form that oxlint's `extends` takes: the plugin, the rules, and the same rules off outside production
 * code. The plugin is named, not pointed at: the file is read from a JSON configuration and imported from a program.
 * @param {readonly import('eslint').Linter.Config[]} configs the two configs of a preset
 */
export function oxlintPreset([on, notProduction]) {
  return {
    jsPlugins: ['eslint-plugin-resilience'],
    rules: on.rules,
    overrides: [{ files: notProduction.files, rules: notProduction.rules }],
  };
}
