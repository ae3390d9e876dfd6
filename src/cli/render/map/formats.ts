import type { FailureMap } from '../../../map/types.js';
import type { CliHost } from '../../host.js';

export interface MapRenderContext {
  readonly host: CliHost;
  /** What `--color` or `--no-color` said. */
  readonly color: boolean | undefined;
}

export type RenderMap = (map: FailureMap, context: MapRenderContext) => string;

export type MapFormat = keyof typeof RENDERERS;

/** Each is loaded when it is asked for. */
const RENDERERS = {
  table: async () => (await import('./table.js')).renderTable,
  json: async () => (map: FailureMap) => `${JSON.stringify(map, null, 2)}\n`,
  mermaid: async () => (await import('./mermaid.js')).renderMermaid,
  html: async () => (await import('./html.js')).renderHtml,
} satisfies Record<string, () => Promise<RenderMap>>;

export function mapRenderer(format: MapFormat): Promise<RenderMap> {
  return RENDERERS[format]();
}
