import { appendFile } from 'node:fs/promises';
import { renderStepSummary } from './render/github-summary.js';
import type { RenderContext } from './render/render.js';
import type { CheckReport } from './report.js';
import { oneLine } from './usage-error.js';

/** Adds the findings to the page of the step, where GitHub Actions names a file for it. A page that cannot be written fails no run. */
export async function appendStepSummary(report: CheckReport, context: RenderContext): Promise<void> {
  const file = context.host.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    await appendFile(file, renderStepSummary(report, context));
  } catch (error) {
    context.host.stderr.write(`warning: the summary of the step cannot be written: ${oneLine(error)}\n`);
  }
}
