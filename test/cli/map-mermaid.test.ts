import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderMermaid } from '../../src/cli/render/map/mermaid.js';
import { CHROMIUM, openBrowser } from '../support/chromium.js';
import { extraPackages } from '../support/extra-packages.js';
import { largeMap, madeMap, shopMap } from '../support/made-map.js';

const HOSTILE = madeMap(
  { 'end': [], '"] --> x; click x href "javascript:alert(1)"': ['end'], '%%{init: {}}%% #quot; `md` <b>': [] },
  [
    { package: 'end', to: 'host:a"b|c](d)', client: 'x"y|z' },
    { package: '"] --> x; click x href "javascript:alert(1)"', to: 'varies:\nsubgraph' },
    { package: '%%{init: {}}%% #quot; `md` <b>', to: 'env:ÄÖ_😀' },
  ],
);
/** Packages in a ring, long names, and more lines than fit. */
const RING = madeMap({ a: ['b'], b: ['c'], c: ['a'] }, [{ package: 'c', to: 'service:S3' }]);
const LONG = madeMap({ [`@acme/${'x'.repeat(200)}`]: [] }, Array.from({ length: 400 }, (_, index) => ({ package: `@acme/${'x'.repeat(200)}`, to: `host:${'y'.repeat(200)}-${index}` })));

describe('the map as mermaid', () => {
  it('draws each package with calls or on the way to one, each downstream, and the clients between', () => {
    const text = renderMermaid(shopMap());
    expect(text).toContain('p3["▲ @shop/payments"]:::unbounded');
    expect(text).toContain('d3(["▲ api.cards.example"]):::unbounded');
    expect(text).toContain('p3 ==>|"got: unbounded"| d3');
    expect(text).toContain('p1 --- p3');
    expect(text).not.toContain('@shop/words');
    expect(text).not.toContain('%%');
  });

  it('is the same for the same map', () => {
    expect(renderMermaid(shopMap())).toBe(renderMermaid(shopMap()));
  });

  it.each([['many packages', largeMap(200, 300, 1500)], ['long names', LONG]])('stays within the limits of GitHub with %s, and says what it leaves out', (_what, map) => {
    const text = renderMermaid(map);
    const lines = text.split('\n').filter((line) => / (?:-->|==>|-\.->|---)/.test(line));
    expect(text.length).toBeLessThan(50_000);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.length).toBeLessThan(500);
    expect(text).toMatch(/%% Left out, .*\d+ lines to downstreams/);
    // Worst ones stay.
    expect(lines.some((line) => line.includes('unbounded'))).toBe(true);
  });

  it('lets no name end its label', () => {
    for (const [, label] of renderMermaid(HOSTILE).matchAll(/"([^\n]*?)"/g)) expect(label).toMatch(/^(?:[\p{L}\p{N} .,:/@$_▲◆?✓-]|#\d+;)*$/u);
    expect(renderMermaid(HOSTILE).split('\n').filter((line) => /:::/.test(line))).toHaveLength(6);
  });
});

describe.skipIf(CHROMIUM === null)('mermaid itself (needs Chromium: its parser needs a document)', () => {
  it('reads what is written', async () => {
    const script = join(extraPackages({ mermaid: '^11' }), 'mermaid/dist/mermaid.min.js');
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ path: script });
      const parse = (text: string): Promise<string> => page.evaluate(`mermaid.parse(${JSON.stringify(text)}).then(({ diagramType }) => diagramType, (error) => String(error))`);
      for (const map of [shopMap(), HOSTILE, RING, LONG, largeMap(200, 300, 1500), madeMap({ alone: [] }, [])]) expect(await parse(renderMermaid(map))).toMatch(/^flowchart/);
      // That it can say no.
      expect(await parse('flowchart LR\n  a["x" --> b')).toMatch(/error/i);
      const drawn: string = await page.evaluate(`mermaid.render('map', ${JSON.stringify(renderMermaid(HOSTILE))}).then(({ svg }) => { const holder = document.createElement('div'); holder.innerHTML = svg; return holder.textContent; })`);
      expect(drawn).toContain('"] --> x; click x href "javascript:alert(1)"');
    } finally {
      await browser.close();
    }
  });
});
