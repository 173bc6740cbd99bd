import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';

/** An empty folder for each test, removed after it. To be made within `describe`. */
export class ScratchFolder {
  private folder = '';

  constructor() {
    beforeEach(() => (this.folder = mkdtempSync(join(tmpdir(), 'gradus-cli-'))));
    afterEach(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Writes a file, making the folders in its name, and returns its path. */
  write(name: string, content: string | Uint8Array): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Names of the folders in it, sorted. */
  names(...folder: string[]): string[] {
    return readdirSync(this.path(...folder)).sort();
  }

  json(name: string): unknown {
    return JSON.parse(readFileSync(this.path(name), 'utf8'));
  }

  /** All files in it, each with a digest of its bytes. */
  state(): Readonly<Record<string, string>> {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return Object.fromEntries(
      files.map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
    );
  }
}
