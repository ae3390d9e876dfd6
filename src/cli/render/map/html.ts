import { createHash } from 'node:crypto';
import type { FailureMap } from '../../../map/types.js';
import { inlineModules } from './page/inline-modules.js';
import { layoutGraph } from './page/layout-graph.js';
import { pageDataOf } from './page/page-data.js';
import { PAGE_STYLE } from './page/page-style.js';

/**
 * The map as one file that asks nobody for anything. All names come from foreign code: they stand in it as data, and its
 * script puts them on the page as text.
 */
export function renderHtml(map: FailureMap): string {
  const data = pageDataOf(map);
  const json = inScript(JSON.stringify({ ...data, graph: layoutGraph(data) }));
  const script = `\n${inlineModules(new URL('./page/client/main.js', import.meta.url))}\n`;
  const policy = [`default-src 'none'`, `script-src ${hashOf(script)}`, `style-src ${hashOf(PAGE_STYLE)}`, `img-src data:`, `base-uri 'none'`, `form-action 'none'`].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="eslint-plugin-resilience ${asText(map.pluginVersion)}">
<title>${asText(map.workspace)}: failure map</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<noscript><p>This page draws its table and graph with a script of its own, which is switched off here.</p></noscript>
<script type="application/json" id="map">${json}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Data between `<script>` and `</script>`: no tag, comment or line end of its own can begin in it. */
function inScript(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function asText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
