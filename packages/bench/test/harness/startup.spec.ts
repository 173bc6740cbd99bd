import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { folderSize } from '../../src/harness/folderSize';
import { timeStartup } from '../../src/harness/startup';

describe('The time of a start', function () {
  this.timeout(30_000);
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'gradus-bench-test-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const start = (program: string, limitMs = 20_000) => {
    const file = join(folder, 'program.mjs');
    writeFileSync(file, program);
    return timeStartup(file, limitMs).catch((error: Error) => `${error.name}: ${error.message}`);
  };

  it('lasts until the product is printed, not until the process ends', async () => {
    const slow = "setTimeout(() => console.log('19 22 43 50'), 500); setInterval(() => 0, 1000);";
    expect(await start(slow)).to.be.within(0.5, 10);
  });

  const failures = [
    [
      'a wrong product',
      "console.log('19 22 43 51')",
      'printed no product 19 22 43 50: 19 22 43 51',
    ],
    ['nothing', '', 'printed no product 19 22 43 50'],
    ['an error', "throw new Error('no')", 'printed no product 19 22 43 50: Error: no'],
  ] as const;
  for (const [title, program, message] of failures) {
    it(`is unknown after ${title}`, async () => {
      expect(await start(program)).to.equal(`ContestantFailure: ${message}`);
    });
  }

  it('is not waited for without end', async () => {
    expect(await start('setInterval(() => 0, 1000)', 500)).to.equal(
      'ContestantFailure: took longer than 0.5 s',
    );
  });
});

describe('The size of a folder', () => {
  it('is that of all files in it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradus-bench-test-'));
    writeFileSync(join(folder, 'a'), 'abc');
    writeFileSync(join(folder, 'b'), Buffer.alloc(1000));
    expect(folderSize(folder)).to.equal(1003);
    rmSync(folder, { recursive: true });
  });
});
