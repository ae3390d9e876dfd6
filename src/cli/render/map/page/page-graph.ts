/** Packages and downstreams as a graph whose places in columns are settled; heights are settled by the page, for the part that it shows. */
export interface PageGraph {
  readonly columns: number;
  readonly nodes: readonly PageNode[];
  readonly edges: readonly PageEdge[];
}

export interface PageNode {
  readonly is: 'package' | 'downstream';
  /** Place in `packages` or `downstreams`. */
  readonly of: number;
  readonly column: number;
  /** Middle, in the whole graph. */
  readonly y: number;
}

export interface PageEdge {
  /** Places in `nodes`. */
  readonly from: number;
  readonly to: number;
  /** Columns that it crosses, with its height there. */
  readonly via: readonly (readonly [column: number, y: number])[];
}

