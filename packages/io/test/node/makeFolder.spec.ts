import { existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeFolder } from '../../src/node/index';
import { temporaryFolder } from './temporaryFolder';

describe('makeFolder', () => {
  const folder = temporaryFolder();

  it('makes a folder and those around it, and says which is the outermost made', async () => {
    const path = join(folder.path, 'a', 'b', 'c');
    expect(await makeFolder(path)).to.equal(join(folder.path, 'a'));
    expect(statSync(path).isDirectory()).to.equal(true);
  });

  it('leaves a folder that is there', async () => {
    expect(await makeFolder(folder.path)).to.equal(undefined);
  });

  it('fails where a file has the name, or one of the names around', async () => {
    const path = join(folder.path, 'file');
    await writeFile(path, 'precious');
    expect(await codeOf(makeFolder(path))).to.equal('EEXIST');
    expect(await codeOf(makeFolder(join(path, 'in', 'it')))).to.be.oneOf(['ENOTDIR', 'EEXIST']);
  });

  it('ends where the system takes no folders', async function () {
    if (!existsSync('/proc/self')) this.skip();
    expect(await codeOf(makeFolder('/proc/gradus/results'))).to.equal('ENOENT');
  });
});

async function codeOf(made: Promise<unknown>): Promise<string | undefined> {
  return made.then(
    () => 'made',
    (error: NodeJS.ErrnoException) => error.code,
  );
}
