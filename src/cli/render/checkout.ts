import { isAbove, fromRoot } from '../find-files.js';
import type { CheckReport } from '../report.js';
import type { RenderContext } from './render.js';

/**
 * Where the repository is checked out, which a forge takes paths from. It may be above the working directory.
 * @returns absolute; the root of the workspace where no forge says, or the run is elsewhere
 */
export function checkoutOf(report: Pick<CheckReport, 'root' | 'workspace'>, { host }: Pick<RenderContext, 'host'>): string {
  const told = host.env['GITHUB_WORKSPACE'] || host.env['CI_PROJECT_DIR'];
  return told !== undefined && told !== '' && !isAbove(fromRoot(told, report.root)) ? told : report.workspace;
}
