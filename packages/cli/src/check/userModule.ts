import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, isSystemError, reasonOf } from '../failure';
import { alternatives } from '../nearestNames';

/** What a module exports, by name. */
export type Exports = Readonly<Record<string, unknown>>;

const scripts = ['.mjs', '.js', '.cjs'];
const typed = ['.ts', '.mts', '.cts'];

/**
 * What a file of the user's exports.
 * @throws Failure if there is no such file, this Node cannot read it, or it throws.
 */
export async function importFile(file: string): Promise<Exports> {
  const extension = extname(file).toLowerCase();
  if (![...scripts, ...typed].includes(extension)) {
    throw new Failure(
      `${file}: expected a file ending in ${alternatives([...typed, ...scripts])}.`,
    );
  }
  await checkReadable(file);
  const path = resolve(file);
  if (typed.includes(extension)) checkTypes(file, extension);
  try {
    return await importPath(path);
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Failure(`${file}: it cannot be loaded: ${message}`);
  }
}

/**
 * What a file gets if it imports this name; undefined if it cannot.
 * @throws Failure if it is there, but cannot be loaded.
 */
export async function importFor(file: string, name: string): Promise<Exports | undefined> {
  const path = resolved(file, name);
  if (path === undefined) return undefined;
  try {
    return await importPath(path);
  } catch (error) {
    throw new Failure(`${file}: ${name} cannot be loaded from here: ${(error as Error).message}`);
  }
}

function resolved(file: string, name: string): string | undefined {
  try {
    return createRequire(resolve(file)).resolve(name);
  } catch {
    return undefined;
  }
}

/** Types are removed by whatever this process has for it: a loader such as ts-node's, or Node. */
async function importPath(path: string): Promise<Exports> {
  const load = (): Promise<Exports> => import(pathToFileURL(path).href) as Promise<Exports>;
  if (!typed.includes(extname(path).toLowerCase())) return load();
  try {
    return createRequire(path)(path) as Exports;
  } catch (error) {
    // It awaits something at its top level.
    if ((error as NodeJS.ErrnoException).code === 'ERR_REQUIRE_ASYNC_MODULE') return load();
    throw error;
  }
}

/** @throws Failure where nothing in this process removes types. */
function checkTypes(file: string, extension: string): void {
  if (extension in createRequire(resolve(file)).extensions) return;
  throw new Failure(
    `${file}: Node ${process.versions.node} reads no TypeScript. ` +
      'Use Node 22.18 or later, or compile it first: npx tsc.',
  );
}

async function checkReadable(file: string): Promise<void> {
  try {
    await readFile(file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new Failure(`${file}: the file cannot be read: ${reasonOf(error)}.`);
  }
}
