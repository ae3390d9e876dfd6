import { dirname } from 'node:path';
import { CACHE_TYPE_WORDS } from '../models/cache-names.js';
import { ERROR_CLASS_WORDS } from '../models/error-classes.js';
import { allModels, interestingWords } from '../models/lookup.js';
import { createModelSet, type ModelSet } from '../models/model-set.js';
import type { ClientKind, ClientModel } from '../models/types.js';
import type { PolicyModel } from '../models/policy-types.js';
import { importMatters, mayLead, type Asked } from './import-matters.js';
import { createProject, projectFor, type Project, type ProjectOptions } from '../project/project.js';
import type { Runtime } from '../project/runtime.js';
import { workspaceRootOf } from '../project/workspace.js';

/** What the user's settings say about the project. */
export interface ProjectSettings {
  readonly crossFile: boolean;
  readonly runtime: Runtime | null;
  readonly models: readonly ClientModel[];
  readonly policies: readonly PolicyModel[];
}

interface Knowledge {
  readonly models: ModelSet;
  /** Words without which a file uses no client. */
  readonly interesting: RegExp;
  /** Words without which a file that is imported is not worth parsing: clients, and helpers that bound. */
  readonly worthReading: RegExp;
  readonly needles: readonly string[];
  readonly clients: readonly ClientModel[];
  /** By the kinds asked for. */
  readonly asked: Map<string, Asked>;
}

/** What helpers are written with that bound a call, try it again, wait, assert or report. */
const HELPER_WORDS = '(?:function|const)\\s+\\w*[rR]etr(?:y|ies)|Promise\\.race|AbortSignal|AbortController|setTimeout|\\basserts\\s|capture(?:Exception|Message)|recordException|noticeError';

const byModels = new WeakMap<readonly ClientModel[], Knowledge>();
const SHIPPED: readonly ClientModel[] = [];

/** Names that a file takes from a module; `*` for all of it. */
export interface ImportedNames {
  readonly specifier: string;
  readonly names: readonly string[];
}

/** A project, and the question that spares most files all further work. */
export type OpenProject = Project & {
  /**
   * Does a text name a client we know?
   * @param kinds of client that are asked for; absent: all, and policies
   */
  usesClients(text: string, kinds?: ReadonlySet<ClientKind>): boolean;
  /**
   * Does a file import a client, or what leads to one?
   * @param proceed asked before any imported file is parsed: is the answer still wanted?
   */
  importsClients(path: string, imports: readonly ImportedNames[], kinds: ReadonlySet<ClientKind> | undefined, proceed: () => boolean): boolean;
};

/** The project that a file belongs to, with all that facts will ask of it registered up front. */
export function openProject(path: string, settings: ProjectSettings): OpenProject {
  let options = projectOptions.get(settings);
  if (options === undefined) projectOptions.set(settings, (options = optionsOf(settings)));
  // By folder: asked for each of thousands of files.
  const project = projectFor(dirname(path), options);
  const known = opened.get(project);
  if (known !== undefined) return known;
  const { interesting } = knowledgeOf(settings);
  const open: OpenProject = Object.assign(project, {
    usesClients(text: string, kinds?: ReadonlySet<ClientKind>) {
      return (kinds === undefined ? interesting : askedFor(settings, kinds).words).test(text);
    },
    importsClients(from: string, imports: readonly ImportedNames[], kinds: ReadonlySet<ClientKind> | undefined, proceed: () => boolean) {
      if (!settings.crossFile) return false;
      const asked = kinds === undefined ? undefined : askedFor(settings, kinds);
      // By text first, for all of them: most files import nothing that leads anywhere.
      const leading = imports.filter(({ specifier }) => mayLead(project, from, specifier, asked));
      return leading.length > 0 && proceed() && leading.some(({ specifier, names }) => names.some((name) => importMatters(project, from, specifier, name, asked)));
    },
  });
  opened.set(project, open);
  return open;
}

/** Text of parsed files that are kept of a workspace that is read as a whole, in characters. */
const WHOLE_TEXT = 8_000_000;

/** A project that follows every import, whatever the file that it leads to speaks of. Not kept: whoever makes it lets it go. */
export function wholeProject(root: string, settings: ProjectSettings): Project {
  const { crossFile, runtime, models, needles } = optionsOf(settings);
  return createProject({ root: workspaceRootOf(root), crossFile: crossFile ?? true, runtime: runtime ?? null, ...(models === undefined ? {} : { models }), ...(needles === undefined ? {} : { needles }), maxText: WHOLE_TEXT });
}

const projectOptions = new WeakMap<ProjectSettings, Omit<ProjectOptions, 'root'>>();
const opened = new WeakMap<Project, OpenProject>();

function optionsOf(settings: ProjectSettings): Omit<ProjectOptions, 'root'> {
  const { models, interesting, worthReading, needles } = knowledgeOf(settings);
  return { crossFile: settings.crossFile, runtime: settings.runtime, models, interesting: worthReading, uses: interesting, needles };
}

/** What is asked for is the same for every file of a run: one a set of models and of kinds. */
function askedFor(settings: ProjectSettings, kinds: ReadonlySet<ClientKind>): Asked {
  const { asked, clients } = knowledgeOf(settings);
  const key = [...kinds].sort().join(' ');
  let known = asked.get(key);
  if (known === undefined) asked.set(key, (known = { kinds: new Set(kinds), words: interestingWords(clients.filter((model) => kinds.has(model.kind))) }));
  return known;
}

function knowledgeOf(settings: ProjectSettings): Knowledge {
  const key = settings.models.length === 0 && settings.policies.length === 0 ? SHIPPED : settings.models;
  let known = byModels.get(key);
  if (known === undefined) {
    const shipped = allModels();
    const clients = [...settings.models, ...shipped.clients];
    const words = interestingWords([...clients, ...settings.policies, ...shipped.policies]);
    known = {
      clients,
      asked: new Map(),
      models: createModelSet(settings.models, settings.policies),
      interesting: words,
      worthReading: new RegExp(`${words.source}|${HELPER_WORDS}|${ERROR_CLASS_WORDS}`),
      needles: [...new Set([...clients.flatMap((model) => [...(model.mutators ?? []).map((mutator) => mutator.text), ...registrationWords(model)]), ...CACHE_TYPE_WORDS])],
    };
    byModels.set(key, known);
  }
  return known;
}

function registrationWords(model: ClientModel): string[] {
  return Object.values(model.clients).flatMap((shape) => (shape.registrations ?? []).map((registration) => registration.call));
}
