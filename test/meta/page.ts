/** Reads rule pages: headings and code samples. */

export interface Sample {
  /** What the page says of it. `limit-reported` and `limit-silent` stand under known limitations. */
  readonly expects: 'reported' | 'silent' | null;
  /** Heading of level two above it. */
  readonly section: string;
  readonly language: string;
  readonly code: string;
  /** 1-based line of the page, for messages. */
  readonly line: number;
  /** Samples of one project are linted side by side; null for a sample that stands alone. */
  readonly project: string | null;
  /** Path inside the project, from `file=` or from a comment in the first line. */
  readonly file: string | null;
}

/** Level-two headings, in order, outside code. */
export function headingsOf(page: string): string[] {
  return [...withoutCode(page).matchAll(/^## (.+)$/gm)].map((match) => match[1]!.trim());
}

function withoutCode(page: string): string {
  return page.replace(/^(```+)[^\n]*\n[\s\S]*?^\1$/gm, '');
}

/** A line that says what the next samples are: a heading, bold text or the start of a paragraph. */
const LEAD_IN = /^(?:#{3,4}\s+|\*\*)?(?:examples? of\s+)?(?:\*\*)?(incorrect|correct|not reported|reported)\b/i;
const FILE_COMMENT = /^(?:\/\/|#|\/\*)\s*(?:file:\s*)?([\w@./-]+\.(?:[cm]?[jt]sx?|json))\b/;

/** The code samples of a page. */
export function samplesOf(page: string): Sample[] {
  const samples: Sample[] = [];
  let section = '';
  let expects: Sample['expects'] = null;
  const lines = page.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!;
    if (line.startsWith('## ')) {
      section = line.slice(3).trim();
      expects = null;
    }
    const lead = LEAD_IN.exec(line);
    if (lead !== null) expects = /^(?:incorrect|reported)$/i.test(lead[1]!) ? 'reported' : 'silent';
    const fence = /^(```+)(\S*)\s*(.*)$/.exec(line);
    if (fence === null) continue;
    const start = index + 1;
    while (index + 1 < lines.length && lines[index + 1] !== fence[1]) index += 1;
    const code = lines.slice(start, index + 1).join('\n');
    index += 1;
    const attribute = (name: string): string | null => new RegExp(`(?:^|\\s)${name}=(\\S+)`).exec(fence[3]!)?.[1] ?? null;
    const flag = /(?:^|\s)(incorrect|correct|not-run)(?:\s|$)/.exec(fence[3]!)?.[1];
    samples.push({
      expects: flag === 'incorrect' ? 'reported' : flag === 'correct' ? 'silent' : flag === 'not-run' ? null : expects,
      section,
      language: fence[2]!,
      code,
      line: start,
      project: attribute('project'),
      file: attribute('file') ?? FILE_COMMENT.exec(code)?.[1] ?? null,
    });
  }
  return samples;
}

/** Samples grouped into what is linted together. */
export function groupSamples(samples: readonly Sample[]): Sample[][] {
  const groups: Sample[][] = [];
  const projects = new Map<string, Sample[]>();
  for (const sample of samples) {
    if (sample.project === null) {
      groups.push([sample]);
      continue;
    }
    const known = projects.get(sample.project);
    if (known !== undefined) {
      known.push(sample);
    } else {
      const group = [sample];
      projects.set(sample.project, group);
      groups.push(group);
    }
  }
  return groups;
}
