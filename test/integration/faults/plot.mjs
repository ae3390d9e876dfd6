/** A minute of a dead downstream as a picture: SVG, legible on light and dark pages. */

const WIDTH = 760;
const LEFT = 56;
const RIGHT = 16;
const PANEL = 150;
const TOPS = [64, 276];
const HEIGHT = 470;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #424a53 }
  .title { font-weight: 600; fill: #1f2328 }
  .grid { stroke: #d1d9e0 } .fault { fill: #818b98; fill-opacity: .15 } .callers { stroke: #818b98; stroke-dasharray: 4 4 }
  .line { fill: none; stroke-width: 2 } .before { stroke: #bc4c00 } .after { stroke: #0969da }
  .of-before { fill: #bc4c00 } .of-after { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    text { fill: #b1bac4 } .title { fill: #f0f6fc } .grid { stroke: #3d444d }
    .before { stroke: #f0883e } .after { stroke: #58a6ff } .of-before { fill: #f0883e } .of-after { fill: #58a6ff }
  }`;

/** @param {{ before: object, after: object }} row of the scenario `dead`, with its timelines */
export function plotOf({ before, after }) {
  const { from, to, until, rate } = after.timeline;
  const x = (second) => round(LEFT + (second * (WIDTH - LEFT - RIGHT)) / until);
  const panel = (top, title, field) => {
    const counts = [before, after].map(({ timeline }) => new Map(timeline[field]));
    const highest = nice(Math.max(rate, ...counts.flatMap((map) => [...map.values()])));
    const y = (value) => round(top + PANEL - (value * PANEL) / highest);
    const line = (kind, map) => `<path class="line ${kind}" d="${steps(map, until, x, y)}"/>`;
    return [
      `<text class="title" x="${LEFT}" y="${top - 12}">${title}</text>`,
      `<rect class="fault" x="${x(from)}" y="${top}" width="${round(x(to) - x(from))}" height="${PANEL}"/>`,
      ...[0, highest / 2, highest].flatMap((value) => [
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}"/>`,
        `<text x="${LEFT - 8}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
      ]),
      `<line class="callers" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(rate)}" y2="${y(rate)}"/>`,
      line('before', counts[0]),
      line('after', counts[1]),
      ...ticks(until).map((second) => `<text x="${x(second)}" y="${top + PANEL + 18}" text-anchor="middle">${second} s</text>`),
    ];
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="Requests at a dead downstream and calls answered well, by second, before and after the codemods">`,
    `<style>${STYLE}\n</style>`,
    ...legend([['of-before', 'before'], ['of-after', 'after'], ['callers', 'calls a second'], ['fault', 'the downstream answers 503']]),
    ...panel(TOPS[0], 'Requests a second that reach the downstream', 'requests'),
    ...panel(TOPS[1], 'Calls a second that are answered well', 'good'),
    '</svg>',
    '',
  ].join('\n');
}

function legend(entries) {
  let at = LEFT;
  return entries.flatMap(([kind, label]) => {
    const mark = kind === 'callers' ? `<line class="callers" x1="${at}" x2="${at + 20}" y1="18" y2="18"/>` : `<rect class="${kind}" x="${at}" y="12" width="20" height="12"/>`;
    const text = `<text x="${at + 26}" y="22">${label}</text>`;
    at += 50 + label.length * 7;
    return [mark, text];
  });
}

/** A line that stays at a second's count for that second. */
function steps(counts, until, x, y) {
  const parts = [];
  for (let second = 0; second < until; second++) {
    const height = y(counts.get(second) ?? 0);
    parts.push(`${second === 0 ? 'M' : 'L'}${x(second)} ${height}L${x(second + 1)} ${height}`);
  }
  return parts.join('');
}

function ticks(until) {
  const step = until > 30 ? 10 : 2;
  return Array.from({ length: Math.floor(until / step) + 1 }, (_, index) => index * step);
}

/** The next even number of two leading digits. */
function nice(value) {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / (2 * unit)) * 2 * unit;
}

const round = (value) => Math.round(value * 10) / 10;
