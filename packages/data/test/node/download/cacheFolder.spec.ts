import { join } from 'node:path';
import { expect } from 'chai';
import { cacheFolder, type Host } from '../../../src/node/download/cacheFolder';

describe('cacheFolder', () => {
  const at = (platform: NodeJS.Platform, environment: Host['environment'] = {}): string =>
    cacheFolder({ platform, environment, home: join('/', 'home', 'ada') });

  it('is where each system keeps caches', () => {
    expect(at('linux')).to.equal(join('/', 'home', 'ada', '.cache', 'gradus'));
    expect(at('freebsd')).to.equal(at('linux'));
    expect(at('darwin')).to.equal(join('/', 'home', 'ada', 'Library', 'Caches', 'gradus'));
    expect(at('win32')).to.equal(join('/', 'home', 'ada', 'AppData', 'Local', 'gradus', 'Cache'));
    const local = join('/', 'local');
    expect(at('win32', { LOCALAPPDATA: local })).to.equal(join(local, 'gradus', 'Cache'));
  });

  it('is where XDG_CACHE_HOME says, on every system, if it is an absolute path', () => {
    const cache = join('/', 'caches');
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(at(platform, { XDG_CACHE_HOME: cache })).to.equal(join(cache, 'gradus'));
      for (const ignored of ['', 'caches', './caches']) {
        expect(at(platform, { XDG_CACHE_HOME: ignored })).to.equal(at(platform));
      }
    }
  });

  it('depends on this machine by default', () => {
    expect(cacheFolder()).to.match(/gradus/);
  });
});
