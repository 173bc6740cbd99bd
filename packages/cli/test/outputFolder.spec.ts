import { expect } from 'chai';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { Failure } from '../src/failure';
import { OutputFolder } from '../src/outputFolder';
import type { ResultKind } from '../src/replaceableFolder';
import { ScratchFolder } from './scratchFolder';

const kind: ResultKind = {
  marker: 'mark',
  recognises: (text) => text === 'ours',
  owns: (file) => ['mark', 'a', 'deep/b'].includes(file),
};

describe('OutputFolder', () => {
  const scratch = new ScratchFolder();

  async function publish(out: string, content = 'new'): Promise<void> {
    const folder = await OutputFolder.prepare(out, kind);
    await folder.write('mark', 'ours');
    await folder.write('a', content);
    await folder.write('deep/b', Uint8Array.of(1, 2));
    folder.publish();
    folder.discard();
  }

  const refusal = (out: string): Promise<string> =>
    OutputFolder.prepare(out, kind).then(
      () => 'accepted',
      (error: unknown) => (error instanceof Failure ? error.message : String(error)),
    );

  it('appears with all its files at once, and nothing beside it', async () => {
    const folder = await OutputFolder.prepare(scratch.path('out'), kind);
    await folder.write('a', 'x');
    expect(existsSync(scratch.path('out'))).to.equal(false);
    folder.publish();
    expect(scratch.names()).to.deep.equal(['out']);
    expect(scratch.names('out')).to.deep.equal(['a']);
  });

  it('takes the place of an earlier result, of which nothing remains', async () => {
    await publish(scratch.path('out'), 'old');
    const folder = await OutputFolder.prepare(scratch.path('out'), kind);
    await folder.write('mark', 'ours');
    expect(readFileSync(scratch.path('out', 'a'), 'utf8')).to.equal('old');
    folder.publish();
    expect(scratch.names()).to.deep.equal(['out']);
    expect(scratch.names('out')).to.deep.equal(['mark']);
  });

  it('can be written and published again, each time whole', async () => {
    const folder = await OutputFolder.prepare(scratch.path('deep/out'), kind);
    for (const content of ['first', 'second']) {
      await folder.write('mark', 'ours');
      await folder.write('a', content);
      folder.publish();
      expect(readFileSync(scratch.path('deep/out/a'), 'utf8')).to.equal(content);
    }
    await folder.write('a', 'third');
    folder.discard();
    expect(readFileSync(scratch.path('deep/out/a'), 'utf8')).to.equal('second');
    expect(scratch.names('deep')).to.deep.equal(['out']);
  });

  it('leaves an earlier result and no trace when it is discarded', async () => {
    await publish(scratch.path('out'));
    const before = scratch.state();
    const folder = await OutputFolder.prepare(scratch.path('out'), kind);
    await folder.write('a', 'newer');
    folder.discard();
    expect(scratch.state()).to.deep.equal(before);
    expect(scratch.names()).to.deep.equal(['out']);
  });

  it('removes the folders it made around it, but none that others have used since', async () => {
    const folder = await OutputFolder.prepare(scratch.path('x/y/z/out'), kind);
    scratch.write('x/y/notes', 'n');
    folder.discard();
    expect(scratch.names('x', 'y')).to.deep.equal(['notes']);
    (await OutputFolder.prepare(scratch.path('u/v/out'), kind)).discard();
    expect(scratch.names()).to.deep.equal(['x']);
  });

  it('replaces an empty folder, and one that a file manager has looked into', async () => {
    mkdirSync(scratch.path('out'));
    await publish(scratch.path('out'));
    scratch.write('out/.DS_Store', '');
    await publish(scratch.path('out'));
    expect(scratch.names('out')).to.deep.equal(['a', 'deep', 'mark']);
  });

  it('replaces what a link leads to, not the link', async () => {
    mkdirSync(scratch.path('real'));
    symlinkSync('real', scratch.path('out'));
    await publish(scratch.path('out'));
    expect(lstatSync(scratch.path('out')).isSymbolicLink()).to.equal(true);
    expect(scratch.names('real')).to.deep.equal(['a', 'deep', 'mark']);
    symlinkSync('nowhere', scratch.path('dead'));
    expect(await refusal(scratch.path('dead'))).to.match(/dead: a link that leads nowhere\.$/);
  });

  const holdsOther = (name: string): RegExp =>
    new RegExp(`the folder holds other things than a result, such as ${name}\\. Choose a new or`);

  it('refuses a folder of other things, a foreign marker, and additions to a result', async () => {
    scratch.write('photos/cat.jpg', 'x');
    expect(await refusal(scratch.path('photos'))).to.match(holdsOther('cat.jpg'));
    mkdirSync(scratch.path('nested/empty'), { recursive: true });
    expect(await refusal(scratch.path('nested'))).to.match(holdsOther('empty'));
    scratch.write('keras/mark', 'theirs');
    expect(await refusal(scratch.path('keras'))).to.match(holdsOther('mark'));
    await publish(scratch.path('out'));
    scratch.write('out/deep/notes', 'mine');
    expect(await refusal(scratch.path('out'))).to.match(holdsOther('deep/notes'));
    expect(scratch.names()).to.deep.equal(['keras', 'nested', 'out', 'photos']);
  });

  it('refuses at the end what has come to be there in the meantime', async () => {
    const folder = await OutputFolder.prepare(scratch.path('out'), kind);
    scratch.write('out/notes', 'mine');
    expect(() => folder.publish()).to.throw(Failure, holdsOther('notes'));
    folder.discard();
    expect(scratch.names('out')).to.deep.equal(['notes']);
    expect(scratch.names()).to.deep.equal(['out']);
  });

  it('refuses a file, a file in the way, no name, and the folder one is in', async () => {
    const file = scratch.write('file', 'x');
    expect(await refusal(file)).to.equal(
      `--out ${file}: a file of this name exists; expected a folder.`,
    );
    expect(await refusal(`${file}/out`)).to.match(/the folder cannot be written: a .+ \(E\w+\)\.$/);
    expect(await refusal(scratch.path('x'.repeat(300)))).to.match(/the name is too long/);
    expect(await refusal(' ')).to.equal('--out: expected the name of a folder.');
    const home = process.cwd();
    mkdirSync(scratch.path('here'));
    process.chdir(scratch.path('here'));
    try {
      expect(await refusal('.')).to.equal(
        '--out .: the folder you are in cannot be replaced. Name one inside it.',
      );
    } finally {
      process.chdir(home);
    }
    expect(scratch.names()).to.deep.equal(['file', 'here']);
  });
});
