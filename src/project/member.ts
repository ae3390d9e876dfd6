import { basename, dirname, join } from 'node:path';
import { isFile } from './disk.js';
import { isRecord, readJson, stringAt } from './json.js';
import { GenerationMemo } from './memo.js';
import { packageOfFile, workspaceRootOfFile } from './workspace.js';

/** A part of a workspace with a name of its own: a package, or a project of Nx, which needs no package.json. */
export interface Member {
  readonly directory: string;
  readonly name: string;
}

const members = new GenerationMemo<{ readonly member: Member | null }>();

/** The member of the workspace to which a file belongs; `null` where nothing above it has a name. */
export function memberOfFile(file: string): Member | null {
  const directory = dirname(file);
  return members.get(directory, () => ({ member: findMember(directory, file) })).member;
}

function findMember(directory: string, file: string): Member | null {
  const manifest = packageOfFile(file);
  const root = workspaceRootOfFile(file);
  // Where there is no nx.json, a project.json is something else's.
  if (isFile(join(root, 'nx.json'))) {
    for (let at = directory; at !== manifest?.directory; at = dirname(at)) {
      const name = nameOfProject(at);
      if (name !== null) return { directory: at, name };
      if (at === root || dirname(at) === at) break;
    }
  }
  return manifest === null ? null : { directory: manifest.directory, name: manifest.name ?? '' };
}

function nameOfProject(directory: string): string | null {
  const path = join(directory, 'project.json');
  if (!isFile(path)) return null;
  const json = readJson(path);
  // Nx takes the folder's name where the file has none.
  return isRecord(json) ? (stringAt(json, 'name') ?? basename(directory)) : null;
}
