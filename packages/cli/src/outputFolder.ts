import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '@gradus/io/node';
import { Failure, isSystemError, reasonOf } from './failure';
import { replaceableFolder, type ResultKind } from './replaceableFolder';

/**
 * A folder of results that appears whole or not at all. Files are written to a temporary folder next
 * to it, which takes its name at the end; until then an earlier result stays as it was. After that it
 * can be written and published anew, as checkpoints are.
 */
export class OutputFolder {
  private constructor(
    /** Where the results will be. */
    readonly path: string,
    private readonly kind: ResultKind,
    private readonly temporary: string,
    /** The outermost folder that had to be made for it, removed again if nothing comes of it. */
    private readonly madeParent: string | undefined,
  ) {}

  /**
   * Makes sure that the results can be written, before any work is done.
   * @param kind how to know an earlier result, which may be replaced.
   * @throws Failure if the folder cannot be written, or holds something else.
   */
  static async prepare(out: string, kind: ResultKind): Promise<OutputFolder> {
    try {
      const path = replaceableFolder(out, kind);
      const madeParent = await makeFolder(dirname(path));
      const temporary = join(dirname(path), `.gradus-${randomUUID()}.tmp`);
      await mkdir(temporary);
      return new OutputFolder(path, kind, temporary, madeParent);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      throw new Failure(`--out ${out}: the folder cannot be written: ${reasonOf(error)}.`);
    }
  }

  /** Writes a file, making the folders in its name. */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    const file = join(this.temporary, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }

  /**
   * Gives the results their name, in place of an earlier result. In one go, so that no signal finds
   * the folder missing.
   * @throws Failure if something else has come to be there.
   */
  publish(): void {
    replaceableFolder(this.path, this.kind);
    const earlier = `${this.temporary}.earlier`;
    const replaces = existsSync(this.path);
    if (replaces) renameSync(this.path, earlier);
    try {
      renameSync(this.temporary, this.path);
    } catch (error) {
      if (replaces) renameSync(earlier, this.path);
      throw error;
    }
    if (replaces) rmSync(earlier, { recursive: true });
  }

  /** Removes what was written; an earlier result stays. Does nothing after `publish`. */
  discard(): void {
    if (!existsSync(this.temporary)) return;
    rmSync(this.temporary, { recursive: true, force: true });
    if (this.madeParent !== undefined) removeEmpty(dirname(this.path), this.madeParent);
  }
}

/** Removes a folder and those around it up to `outermost`, as far as nobody else has used them. */
function removeEmpty(folder: string, outermost: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (isSystemError(error)) return;
    throw error;
  }
  if (folder !== outermost) removeEmpty(dirname(folder), outermost);
}
