/** Calm and dense. Four colours mean the four states and nothing else; signs and strokes say the same without them. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --paper: #fff; --ink: #1b2330; --soft: #566172; --faint: #667080; --rule: #e1e5ea; --hover: #f1f4f8; --accent: #2257c5; --accent-ground: #e9f0fd;
  --unbounded: #b42318; --unbounded-ground: #fdecea; --unprotected: #935f00; --unprotected-ground: #fdf3dc; --unknown: #5b6675; --unknown-ground: #eef0f3; --protected: #1a7045; --protected-ground: #e5f4ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #101419; --paper: #171c23; --ink: #e4e8ee; --soft: #a2acba; --faint: #8d97a6; --rule: #2a323d; --hover: #1d242d; --accent: #7aa8f8; --accent-ground: #1a2942;
    --unbounded: #ff8278; --unbounded-ground: #3b1b1b; --unprotected: #eab54b; --unprotected-ground: #352915; --unknown: #a2acba; --unknown-ground: #262d37; --protected: #62c994; --protected-ground: #163024;
  }
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; }
code, .place, .at { font: 12px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
h1, h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
button, select, input { font: inherit; color: inherit; }
button { cursor: pointer; border: 0; background: none; padding: 0; text-align: start; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; border-radius: 4px; }
.aloud { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.quiet, .link { color: var(--accent); border-radius: 3px; overflow-wrap: anywhere; }
.quiet:hover, .link:hover { text-decoration: underline; }

.top { display: flex; flex-wrap: wrap; gap: 12px 32px; justify-content: space-between; align-items: center; padding: 14px 20px; background: var(--paper); border-bottom: 1px solid var(--rule); }
.top h1 { font-size: 18px; line-height: 1.3; font-weight: 650; overflow-wrap: anywhere; }
.top h1 small { margin-inline-start: 8px; font-size: 13px; font-weight: 400; color: var(--soft); }
.top p { color: var(--soft); }
.states { display: flex; flex-wrap: wrap; gap: 8px; }
.toggle { display: grid; grid-template-columns: auto auto 1fr; column-gap: 6px; align-items: baseline; padding: 5px 12px 6px 10px; border: 1px solid var(--rule); border-radius: 7px; background: var(--paper); }
.toggle:hover { background: var(--hover); }
.toggle strong { font-size: 16px; font-variant-numeric: tabular-nums; }
.toggle small { grid-column: 2 / -1; color: var(--soft); font-size: 11px; }
.toggle[aria-pressed=true] { box-shadow: inset 0 0 0 1px var(--tone); border-color: var(--tone); background: var(--tone-ground); }
.unbounded { --tone: var(--unbounded); --tone-ground: var(--unbounded-ground); }
.unprotected { --tone: var(--unprotected); --tone-ground: var(--unprotected-ground); }
.unknown { --tone: var(--unknown); --tone-ground: var(--unknown-ground); }
.protected { --tone: var(--protected); --tone-ground: var(--protected-ground); }
.state { color: var(--tone); white-space: nowrap; font-weight: 600; }
.sign { display: inline-block; min-width: 1em; margin-inline-end: 4px; text-align: center; font-weight: 700; }

main { padding: 12px 20px 20px; }
.controls { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-bottom: 12px; }
.controls input, .controls select { height: 32px; padding: 0 9px; border: 1px solid var(--rule); border-radius: 6px; background: var(--paper); }
.controls input { flex: 1 1 280px; max-width: 460px; }
.controls input::placeholder { color: var(--faint); opacity: 1; }
.controls select { max-width: 200px; }
.left { margin-inline-start: auto; color: var(--soft); font-variant-numeric: tabular-nums; }
.unread { margin-bottom: 12px; padding: 8px 12px; border: 1px solid var(--unprotected); border-radius: 7px; background: var(--paper); }
.unread ul { padding: 6px 0 0 18px; }

.picture { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; margin-bottom: 12px; }
.picture.with-panel { grid-template-columns: minmax(0, 1fr) 300px; }
.side:empty { display: none; }
.frame, .panel, .dependencies { border: 1px solid var(--rule); border-radius: 8px; background: var(--paper); }
.frame { display: flex; flex-direction: column; min-width: 0; }
.graph { max-height: min(46vh, 460px); overflow: auto; flex: 1; padding: 4px 0; }
.canvas { position: relative; transform-origin: 0 0; }
.canvas svg { display: block; overflow: visible; }
.line { fill: none; stroke: var(--tone, var(--rule)); opacity: .62; transition: opacity .15s; }
.line.import { --tone: var(--faint); stroke-width: 1; opacity: .4; }
.line.unprotected { stroke-dasharray: 7 4; }
.line.unknown { stroke-dasharray: 2 3; }
.node { position: absolute; display: flex; align-items: center; gap: 2px; padding: 0 9px 0 6px; border: 1px solid var(--tone, var(--rule)); border-radius: 5px; background: var(--paper); transition: opacity .15s; }
.node.downstream { border-radius: 15px; padding-inline-start: 9px; }
.node.unbounded { border-width: 2px; }
.node.unprotected { border-style: dashed; }
.node.unknown { border-style: dotted; }
.node .sign { color: var(--tone, var(--faint)); font-size: 12px; }
.node .label { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.node .calls { padding-inline-start: 6px; color: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
.node:hover { background: var(--hover); }
.node[aria-pressed=true] { background: var(--accent-ground); border-color: var(--accent); box-shadow: 0 0 0 2px var(--accent); font-weight: 600; }
.node.aside { opacity: .28; }
.line.aside { opacity: .07; }
.node.importer { opacity: .62; border-style: dashed; font-style: italic; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 6px 12px; border-top: 1px solid var(--rule); color: var(--soft); font-size: 11px; }
.legend span { display: inline-flex; align-items: center; gap: 6px; }
.legend .box { width: 18px; height: 11px; border: 1px solid var(--soft); border-radius: 3px; }
.legend .round { border-radius: 6px; }
.legend .stroke { width: 22px; border-top: 2px solid var(--tone); }
.legend .unprotected { border-top-style: dashed; }
.legend .unknown { border-top-style: dotted; }
.legend .unbounded { border-top-width: 3px; }
.legend .import { border-top: 1px solid var(--faint); }
.note { color: var(--soft); }
.note:not(:empty) { padding: 6px 12px; border-top: 1px solid var(--rule); }

.panel { max-height: calc(min(46vh, 460px) + 34px); overflow: auto; padding: 10px 14px 14px; }
.panel header { display: flex; justify-content: space-between; align-items: start; gap: 8px; }
.panel h2 { font-size: 15px; line-height: 1.35; overflow-wrap: anywhere; }
.panel h2 small { display: block; font-size: 11px; font-weight: 400; color: var(--soft); }
.panel p { margin-top: 6px; }
.panel h3, .detail-of h3 { margin: 12px 0 3px; font-size: 12px; font-weight: 650; color: var(--soft); }
.amount { font-weight: 400; }
.panel ul, .detail-of ul { list-style: none; }
.panel li { padding: 1px 0; overflow-wrap: anywhere; }
.place, .within { color: var(--soft); }

.scroll { position: relative; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
.dependencies { overflow: visible; }
.dependencies > table { table-layout: fixed; }
th.open { width: 32px; } th.state { width: 122px; } th.package { width: 14%; } th.client { width: 10.5%; } th.downstream { width: 15%; } th.calls { width: 62px; } th.pool { width: 6.5%; } th.reached { width: 10%; }
.dependencies > table > thead th:first-child { border-start-start-radius: 8px; }
.dependencies > table > thead th:last-child { border-start-end-radius: 8px; }
th, td { padding: 5px 8px; text-align: start; vertical-align: top; }
.dependencies > table > thead th { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--rule); white-space: nowrap; }
.head { font-weight: 600; color: var(--soft); width: 100%; }
.head:hover { color: var(--ink); }
.arrow { display: inline-block; width: 1em; padding-inline-start: 3px; }
[aria-sort=ascending] .arrow::before { content: "↑"; }
[aria-sort=descending] .arrow::before { content: "↓"; }
[aria-sort] .head { color: var(--ink); }
.row { cursor: default; }
.row > td { border-top: 1px solid var(--rule); height: 30px; }
.dependencies > table > tbody > :first-child > td { border-top: 0; }
.row:hover { background: var(--hover); }
.row > .open { padding-inline-end: 0; width: 30px; }
.row > .open { box-shadow: inset 3px 0 var(--tone); }
.opener { width: 20px; height: 20px; border-radius: 4px; color: var(--soft); }
.opener span { display: block; text-align: center; transition: transform .12s; }
.opener span::before { content: "›"; font-size: 17px; line-height: 19px; }
.opener[aria-expanded=true] span { transform: rotate(90deg); }
.calls { font-variant-numeric: tabular-nums; }
td.package, td.client, td.downstream, td.reached { overflow-wrap: anywhere; }
td.package { font-weight: 550; }
.guard { display: inline-flex; gap: 1px; align-items: baseline; max-width: 240px; }
.guard .sign { color: var(--soft); }
.guard.no { color: var(--unbounded); }
.guard.no .sign { color: inherit; }
.guard.yes .sign { color: var(--protected); }
.guard.unknown { color: var(--soft); --tone: inherit; }
.guard.not-asked { color: var(--faint); }
.row .guard { display: flex; }
.row .guard .detail { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.guard .at { margin-inline-start: 8px; color: var(--soft); }
.tag { padding: 0 5px; border: 1px solid var(--rule); border-radius: 4px; color: var(--soft); font-size: 11px; white-space: nowrap; }
.tag.entry { border-color: var(--accent); color: var(--accent); }
.detail-row > td { padding: 0 12px 14px 38px; background: var(--ground); box-shadow: inset 3px 0 var(--rule); }
.detail-of dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 3px 24px; padding-top: 10px; }
.detail-of dl > div { display: flex; gap: 8px; }
.detail-of dt { flex: 0 0 58px; color: var(--soft); }
.detail-of .guard { max-width: none; flex-wrap: wrap; }
.detail-of .guard .detail { flex: 0 1 auto; }
.calls-of { font-size: 12px; background: var(--paper); border: 1px solid var(--rule); }
.calls-of code { overflow-wrap: break-word; }
.calls-of th { color: var(--soft); font-weight: 600; }
.calls-of td { border-top: 1px solid var(--rule); }
.ways { display: flex; flex-wrap: wrap; gap: 2px 20px; padding-top: 8px; }
.detail-of li { padding: 1px 0; }
.empty td { padding: 28px; text-align: center; color: var(--soft); }
footer, noscript p { padding: 0 20px 20px; color: var(--soft); font-size: 12px; }

@media (max-width: 1000px) {
  .picture.with-panel { grid-template-columns: minmax(0, 1fr); }
  .panel { max-height: 300px; }
  .toggle small { display: none; }
  main { padding-inline: 12px; }
  .top { padding-inline: 12px; }
  .dependencies { overflow-x: auto; }
  .dependencies > table { min-width: 1080px; }
  .dependencies > table > thead th { position: static; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media print {
  :root { --ground: #fff; --paper: #fff; --ink: #000; --soft: #444; --faint: #555; --rule: #bbb; --unbounded: #a11; --unprotected: #850; --unknown: #555; --protected: #163; }
  body { font-size: 10px; print-color-adjust: exact; }
  .controls, .opener, .panel header button, .note { display: none; }
  .graph, .panel, .scroll { max-height: none; overflow: visible; }
  .frame { break-inside: avoid; }
  .row, .calls-of tr { break-inside: avoid; }
  .row .guard .detail { white-space: normal; }
}
`;
