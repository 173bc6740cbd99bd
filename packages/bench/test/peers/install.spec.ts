import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  defaultCache,
  install,
  installationFolder,
  InstallationFailure,
} from '../../src/peers/install';

describe('An installation', function () {
  this.timeout(30_000);
  let cache = '';
  beforeEach(() => (cache = mkdtempSync(join(tmpdir(), 'gradus-bench-test-'))));
  afterEach(() => rmSync(cache, { recursive: true, force: true }));

  /** npm, replaced by a script that runs in the folder it would install to. */
  function npmOf(script: string) {
    const file = join(cache, 'npm.cjs');
    writeFileSync(file, script);
    return {
      cache: join(cache, 'installed'),
      limitMs: 20_000,
      npm: [process.execPath, file] as const,
    };
  }
  const failureOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'none',
      (error: Error) => (error instanceof InstallationFailure ? error.message : 'another'),
    );
  const packages = { '@some/thing': '1.2.3', '@some/other': '1.2.3', another: '4.0.0' };
  let folder = '';
  beforeEach(() => (folder = installationFolder(join(cache, 'installed'), 'thing', packages)));
  const writesArguments = `require('node:fs').writeFileSync('args', process.argv.slice(2).join(' '))`;

  it('has a folder of its own, named by what is in it', async () => {
    await install(folder, packages, npmOf(writesArguments));
    expect(folder).to.equal(join(cache, 'installed/thing-1.2.3-4.0.0'));
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).to.deep.equal({
      private: true,
      dependencies: packages,
      overrides: {},
    });
    expect(readFileSync(join(folder, 'args'), 'utf8')).to.equal(
      'install --ignore-scripts --no-audit --no-fund',
    );
    expect(readdirSync(join(cache, 'installed'))).to.deep.equal(['thing-1.2.3-4.0.0']);
  });

  it('is made once', async () => {
    await install(folder, packages, npmOf(writesArguments));
    rmSync(join(folder, 'args'));
    await install(folder, packages, npmOf(writesArguments));
    expect(existsSync(join(folder, 'args'))).to.equal(false);
  });

  it("that fails tells npm's reason and leaves nothing behind", async () => {
    const options = npmOf(
      "console.error('npm error code E404\\nnpm error 404 Not Found\\nnpm error log'); process.exit(1)",
    );
    expect(await failureOf(install(folder, packages, options))).to.equal(
      'could not be installed: 404 Not Found',
    );
    expect(readdirSync(join(cache, 'installed'))).to.deep.equal([]);
  });

  it('that says nothing tells its status', async () => {
    expect(await failureOf(install(folder, packages, npmOf('process.exit(3)')))).to.equal(
      'could not be installed: npm ended with status 3',
    );
  });

  it('is not waited for without end', async () => {
    const options = { ...npmOf('setInterval(() => 0, 1000)'), limitMs: 500 };
    expect(await failureOf(install(folder, packages, options))).to.equal(
      'could not be installed: npm took longer than 0.5 s',
    );
  });

  it('ends when it is interrupted', async () => {
    const interrupt = new AbortController();
    const options = { ...npmOf('setInterval(() => 0, 1000)'), signal: interrupt.signal };
    const failure = failureOf(install(folder, packages, options));
    setTimeout(() => interrupt.abort(), 300);
    expect(await failure).to.match(/^could not be installed: .*abort/);
    expect(readdirSync(join(cache, 'installed'))).to.deep.equal([]);
  });

  it('says so when there is no npm', async () => {
    const options = { ...npmOf(''), npm: [join(cache, 'none')] as const };
    expect(await failureOf(install(folder, packages, options))).to.match(
      /^could not be installed: spawn .*ENOENT/,
    );
  });

  it('is kept where caches are', () => {
    expect(defaultCache({}, '/home/me')).to.equal(join('/home/me', '.cache', 'gradus-bench'));
    expect(defaultCache({ XDG_CACHE_HOME: '/c' }, '/home/me')).to.equal(join('/c', 'gradus-bench'));
  });
});
