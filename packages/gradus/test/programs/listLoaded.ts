import { createRequire, isBuiltin } from 'node:module';
import { join, sep } from 'node:path';

/** What loading something brought with it. */
export interface Loaded {
  /** The files. */
  readonly files: readonly string[];
  /** The modules of Node for which our own files asked; fflate, too, asks for worker threads. */
  readonly builtIns: readonly string[];
}

type Load = (request: string, parent: NodeJS.Module | undefined, isMain: boolean) => unknown;

const load = createRequire(__filename);
const packages = join(__dirname, '../../..') + sep;
const isOurs = (path: string): boolean =>
  path.startsWith(packages) && !path.includes('node_modules') && path !== __filename;

/** Requires modules that were not loaded before, and tells what came with them. */
export function listLoaded(ids: readonly string[]): Loaded {
  const builtIns: string[] = [];
  const loader = load('node:module') as { _load: Load };
  const original = loader._load;
  loader._load = (request, parent, isMain) => {
    if (isOurs(parent?.filename ?? '') && isBuiltin(request)) builtIns.push(request);
    return original.call(loader, request, parent, isMain);
  };
  const before = new Set(Object.keys(load.cache));
  for (const id of ids) load(id);
  loader._load = original;
  return { files: Object.keys(load.cache).filter((path) => !before.has(path)), builtIns };
}
