import * as gradus from 'gradus';
import { importFor, type Exports } from './userModule';
import type { Library } from './settings';

type Testing = Library['testing'];

/**
 * The library as a file imports it, so that both work with one copy. A file that cannot import it is
 * given the command's own.
 */
export async function libraryFor(file: string): Promise<Library> {
  return {
    gradus: ((await importFor(file, 'gradus')) as typeof gradus | undefined) ?? gradus,
    testing:
      ((await importFor(file, 'gradus/testing')) as Testing | undefined) ?? (await ownTesting()),
  };
}

/** The command's own library. */
export async function ownLibrary(): Promise<Library> {
  return { gradus, testing: await ownTesting() };
}

/** Loaded when it is wanted: it takes longer than all else together. */
async function ownTesting(): Promise<Testing> {
  return ((await fromSources('gradus/testing')) as Testing | undefined) ?? import('gradus/testing');
}

/** Sources are CommonJS when they run, and `import` cannot read them; what is published is not. */
export async function fromSources(name: string): Promise<Exports | undefined> {
  return typeof __filename === 'string' ? importFor(__filename, name) : undefined;
}
