import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Failure } from './failure';

/** How one tells a folder of results from others, which must not be replaced. */
export interface ResultKind {
  /** A file that every result holds. */
  readonly marker: string;
  /** Whether that file's text is ours: others may use the same name. */
  readonly recognises: (markerText: string) => boolean;
  /** Whether a result may hold this file, such as `kernels/epoch-001.png`. */
  readonly owns: (file: string) => boolean;
}

/** What file managers leave in folders they have shown. */
const leftByViewers = ['.DS_Store', 'Thumbs.db', 'desktop.ini'];

/**
 * The path at which results can take the place of what is there: nothing, an empty folder or an
 * earlier result. Links are followed.
 * @throws Failure if something else is there.
 */
export function replaceableFolder(out: string, kind: ResultKind): string {
  if (out.trim() === '') throw new Failure('--out: expected the name of a folder.');
  const given = resolve(out);
  const there = lstatSync(given, { throwIfNoEntry: false });
  if (there === undefined) return given;
  if (!existsSync(given)) throw new Failure(`--out ${out}: a link that leads nowhere.`);
  const path = realpathSync(given);
  if (!statSync(path).isDirectory()) {
    throw new Failure(`--out ${out}: a file of this name exists; expected a folder.`);
  }
  const stranger = strangerIn(path, kind);
  if (stranger !== undefined) {
    throw new Failure(
      `--out ${out}: the folder holds other things than a result, such as ${stranger}. ` +
        'Choose a new or an empty one.',
    );
  }
  checkMovable(path, out);
  return path;
}

/** The first thing in a folder that is no part of a result; folders in it are looked at only then. */
function strangerIn(folder: string, { marker, recognises, owns }: ResultKind): string | undefined {
  const names = readdirSync(folder).filter((name) => !leftByViewers.includes(name));
  const markerFile = join(folder, marker);
  const isResult = names.includes(marker) && recognises(readFileSync(markerFile, 'utf8'));
  if (!isResult) return names[0];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory() && !leftByViewers.includes(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .find((name) => !owns(name));
}

/** A result is put in place by moving folders, which not all of them allow. */
function checkMovable(path: string, out: string): void {
  const here = `${process.cwd()}${sep}`;
  if (here.startsWith(path.endsWith(sep) ? path : `${path}${sep}`)) {
    throw new Failure(
      `--out ${out}: the folder you are in cannot be replaced. Name one inside it.`,
    );
  }
  if (statSync(path).dev !== statSync(dirname(path)).dev) {
    throw new Failure(
      `--out ${out}: a file system begins in this folder, so it cannot be replaced. ` +
        'Name one inside it.',
    );
  }
}
