import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { ScratchFolder } from '../scratchFolder';
import { SpawnedCommand } from '../spawnCommand';

/** Notes the folder that it is given, and writes points for a minute in place of an answer. */
const program = [
  "import { appendFileSync } from 'node:fs';",
  "import { once } from 'node:events';",
  'const [, , note, given] = process.argv;',
  "const folder = given ?? String((await once(process.stdin, 'data'))[0]).trim();",
  'appendFileSync(note, `${folder}\\n`);',
  "setInterval(() => appendFileSync(note, '.'), 10);",
  'setTimeout(() => process.exit(), 60_000);',
];

describe('Ctrl-C during gradus check --command', function () {
  this.timeout(60_000);
  const scratch = new ScratchFolder();

  for (const options of [[], ['--keep-running']]) {
    it(`leaves neither the program nor its folder ${options.join('')}`, async () => {
      const note = scratch.write('note', '');
      const path = scratch.write('slow.mjs', program.join('\n'));
      const command = new SpawnedCommand('check', '--command', `node ${path} ${note}`, ...options);
      while (!readFileSync(note, 'utf8').includes('\n.')) await setTimeout(10);
      const [asked = ''] = readFileSync(note, 'utf8').split('\n');
      expect(existsSync(asked)).to.equal(true);
      command.signal('SIGINT');
      expect(await command.finished()).to.deep.include({ output: '', errors: '' });
      expect(existsSync(asked)).to.equal(false);
      const written = readFileSync(note, 'utf8');
      await setTimeout(200);
      expect(readFileSync(note, 'utf8')).to.equal(written);
    });
  }
});
