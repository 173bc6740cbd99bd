import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A new folder for each test of the surrounding `describe`, removed after it. */
export class TemporaryFolder {
  path = '';

  constructor() {
    beforeEach(async () => {
      this.path = await mkdtemp(join(tmpdir(), 'gradus-data-'));
    });
    afterEach(() => rm(this.path, { recursive: true }));
  }

  /** The path of what lies, or will lie, in the folder. */
  at(name: string): string {
    return join(this.path, ...name.split('/'));
  }

  /** Writes files, and the folders they lie in. */
  async write(files: Readonly<Record<string, Uint8Array>>): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(this.at(name)), { recursive: true });
      await writeFile(this.at(name), content);
    }
  }
}

/** What a promise fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('nothing failed'),
    (error: Error) => error,
  );
}
