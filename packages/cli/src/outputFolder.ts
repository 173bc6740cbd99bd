import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Failure } from './failure';

/**
 * A folder of results that appears whole or not at all. Files are written to a temporary folder next
 * to it, which takes its name at the end; until then an earlier result stays as it was.
 */
export class OutputFolder {
  private constructor(
    /** Where the results will be. */
    readonly path: string,
    private readonly temporary: string,
    /** The outermost folder that had to be made for it, removed again if nothing comes of it. */
    private readonly madeParent: string | undefined,
  ) {}

  /**
   * Makes sure that the results can be written, before any work is done.
   * @param marker a file that every result holds; a folder with other things in it is not replaced.
   * @throws Failure if the folder cannot be written, or holds something else.
   */
  static async prepare(out: string, marker: string): Promise<OutputFolder> {
    const path = resolve(out);
    checkReplaceable(path, out, marker);
    const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
    try {
      const madeParent = await mkdir(dirname(path), { recursive: true });
      await mkdir(temporary);
      return new OutputFolder(path, temporary, madeParent);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new Failure(`--out ${out}: the folder cannot be written (${code}).`);
    }
  }

  /** Writes a file, making the folders in its name. */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    const file = join(this.temporary, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }

  /** Gives the results their name, in place of an earlier result. */
  async publish(): Promise<void> {
    const earlier = `${this.temporary}.earlier`;
    const replaces = existsSync(this.path);
    if (replaces) await rename(this.path, earlier);
    try {
      await rename(this.temporary, this.path);
    } catch (error) {
      if (replaces) await rename(earlier, this.path);
      throw error;
    }
    if (replaces) await rm(earlier, { recursive: true });
  }

  /** Removes what was written; an earlier result stays. Does nothing after `publish`. */
  discard(): void {
    const published = !existsSync(this.temporary);
    rmSync(this.temporary, { recursive: true, force: true });
    if (!published && this.madeParent !== undefined) {
      rmSync(this.madeParent, { recursive: true, force: true });
    }
  }
}

function checkReplaceable(path: string, out: string, marker: string): void {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    throw new Failure(`--out ${out}: a file of this name exists; expected a folder.`);
  }
  const files = readdirSync(path);
  if (files.length === 0 || files.includes(marker)) return;
  throw new Failure(
    `--out ${out}: the folder holds other things than a result, such as ${files[0]}. ` +
      'Choose a new or an empty one.',
  );
}
