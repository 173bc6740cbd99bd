import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ScratchFolder } from '../scratchFolder';

const packages = join(__dirname, '../../..');

/** A project of somebody who has installed Gradus and fast-check. To be made within `describe`. */
export class UserFolder {
  private readonly scratch = new ScratchFolder();

  constructor() {
    const fastCheck = dirname(require.resolve('fast-check/package.json'));
    beforeEach(() => {
      mkdirSync(this.scratch.path('node_modules'));
      this.install('gradus', join(packages, 'gradus'));
      this.install('fast-check', fastCheck);
    });
  }

  /** Writes a file and returns its path. */
  write(name: string, ...lines: string[]): string {
    return this.scratch.write(name, lines.join('\n'));
  }

  private install(name: string, folder: string): void {
    symlinkSync(folder, this.scratch.path('node_modules', name), 'junction');
  }
}
