import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The commands that a page shows, one a line of its `sh` blocks and of the `run:` steps of its workflows. A test that runs
 * a page asks for them here and fails at one that it does not know, so that nobody adds a command that was never run.
 * @param page path from the root
 */
export function shownCommands(page: string): readonly string[] {
  const text = readFileSync(fileURLToPath(new URL(`../../${page}`, import.meta.url)), 'utf8');
  const shell = blocksOf(text, 'sh').flatMap((block) => linesOf(block));
  const steps = blocksOf(text, 'ya?ml').flatMap((block) => [...block.matchAll(/^\s*(?:- )?run: (?!\|)(.+)$/gm)].map((match) => match[1]!.trim()));
  return [...shell, ...steps];
}

function blocksOf(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^[ ]*\`\`\`${language}\\b[^\\n]*\\n([\\s\\S]*?)^[ ]*\`\`\`$`, 'gm'))].map((match) => match[1]!);
}

function linesOf(block: string): string[] {
  const whole = block.replace(/\\\n\s*/g, ' ');
  return whole.split('\n').map((line) => line.replace(/(?:^|\s)#.*$/, '').trim()).filter((line) => line !== '');
}
