import { basename, extname } from 'node:path';
import { Failure } from '../failure';
import { isRecord, kinds, recognise, type Candidate } from './kinds';
import type { Library } from './settings';
import type { Exports } from './userModule';

/** Something to check, by the name that it was given. */
export interface Subject extends Candidate {
  readonly name: string;
}

/** What a file exports, sorted. */
export interface Sorted {
  readonly subjects: readonly Subject[];
  /** Names of exports that are nothing to check. */
  readonly others: readonly string[];
}

/**
 * What there is to check in the exports of a file. The default export may be one thing, a list or a
 * record of them, or a function of the library that gives any of these.
 * @throws Failure if there is nothing, or that function throws.
 */
export async function subjectsOf(
  file: string,
  exports: Exports,
  library: Library,
): Promise<Sorted> {
  const { default: main, ...named } = exports;
  const given = await madeBy(file, main, library);
  // Of a CommonJS file `default` is all that it exports, whose names Node gives besides.
  const known: Exports = isRecord(given) ? given : {};
  const entries = [
    ...itemsOf(given, basename(file, extname(file))),
    ...Object.entries(named).filter(
      ([name, value]) => !byNode.includes(name) && known[name] !== value,
    ),
  ];
  const sorted = entries.map(([name, exported]) => ({ name, candidate: recognise(exported) }));
  const subjects = sorted.flatMap(({ name, candidate }) =>
    candidate === undefined ? [] : [{ ...candidate, name }],
  );
  const others = sorted.filter(({ candidate }) => candidate === undefined).map(({ name }) => name);
  if (subjects.length > 0) return { subjects, others };
  const forms = kinds.map(({ name, form }) => `${name}: ${form}`).join('; ');
  const found = others.length === 0 ? 'nothing' : others.join(', ');
  throw new Failure(`${file}: it exports ${found}; expected something to check: ${forms}.`);
}

/** Names that Node or a compiler adds to what a file exports. */
const byNode = ['__esModule', 'module.exports'];

/** What a default export is, or makes of the library: for files that cannot import it. */
async function madeBy(file: string, main: unknown, library: Library): Promise<unknown> {
  if (typeof main !== 'function' || recognise(main) !== undefined) return main;
  try {
    return await (main as (library: Library) => unknown)(library);
  } catch (error) {
    throw new Failure(`${file}: its default export throws: ${(error as Error).message}`);
  }
}

/** One thing, or several, by name. */
function itemsOf(given: unknown, fileName: string): [string, unknown][] {
  if (given === undefined) return [];
  const candidate = recognise(given);
  if (candidate !== undefined) return [[candidate.ownName ?? fileName, given]];
  if (Array.isArray(given)) {
    return given.map((item: unknown, i) => [
      recognise(item)?.ownName ?? `number ${i + 1} of ${fileName}`,
      item,
    ]);
  }
  return isRecord(given) ? Object.entries(given) : [[fileName, given]];
}
