import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { OptionError } from '@gradus/tensor';
import { publishedDatasets } from '../../../src/node/download/publishedDatasets';
import {
  datasetNames,
  loadDataset,
  type DatasetName,
  type LoadDatasetOptions,
} from '../../../src/node/index';
import { idxBytes } from '../../formats/idxBytes';
import { failureOf, TemporaryFolder } from '../temporaryFolder';
import { published } from './downloads';
import { FileServer } from './fileServer';

const data = join(__dirname, '../../../../../../shared/data');
const present = existsSync(data);
const absence = present ? '' : ' (skipped: ../shared/data is not there)';

describe('loadDataset', () => {
  const folder = new TemporaryFolder();
  const home = new FileServer();
  const refused = async (options: unknown, message: string, name: unknown = 'mnist') => {
    const loading = loadDataset(name as DatasetName, options as LoadDatasetOptions);
    const error = await failureOf(loading);
    expect(error).to.be.instanceOf(OptionError);
    expect(error.message).to.equal(`loadDataset: expected ${message}.`);
  };

  it('reads a folder, without a download', async () => {
    const files = { train: 3, t10k: 2 };
    for (const [part, count] of Object.entries(files)) {
      await folder.write({
        [`my/${part}-images-idx3-ubyte`]: idxBytes([count, 4, 5]),
        [`my/${part}-labels-idx1-ubyte`]: idxBytes([count]),
      });
    }
    const options = { from: folder.at('my'), cache: folder.at('cache'), homes: [home.url] };
    const { train, test, classNames } = await loadDataset('fashion-mnist', options);
    expect(train.images.shape).to.deep.equal([3, 4, 5, 1]);
    expect(test.labels.shape).to.deep.equal([2]);
    expect(classNames[0]).to.equal('T-shirt/top');
    expect(await readdir(folder.path)).to.deep.equal(['my']);
    expect(home.requests).to.deep.equal([]);
    const missing = await failureOf(loadDataset('cifar-10', { from: folder.at('nowhere') }));
    expect(missing).to.be.instanceOf(OptionError);
    expect(missing.message).to.include(`"${folder.at('nowhere')}", which does not exist`);
  });

  it("looks in the user's cache folder", async () => {
    const before = process.env['XDG_CACHE_HOME'];
    process.env['XDG_CACHE_HOME'] = folder.path;
    try {
      await folder.write({ 'gradus/mnist/train-images-idx3-ubyte': Uint8Array.of(1) });
      const error = await failureOf(loadDataset('mnist', { homes: [home.url] }));
      const path = folder.at('gradus/mnist/train-images-idx3-ubyte');
      const expected = `${path}: loadDataset: expected the published 47040016 bytes`;
      expect(error.message.startsWith(expected), error.message).to.equal(true);
      expect(error.message).to.include('received 1 bytes. The file is damaged or another one.');
    } finally {
      if (before === undefined) delete process.env['XDG_CACHE_HOME'];
      else process.env['XDG_CACHE_HOME'] = before;
    }
  });

  it('asks for the files under their published names', async () => {
    const options = { cache: folder.at('cache'), homes: [`${home.url}some/where`] };
    for (const name of datasetNames) await failureOf(loadDataset(name, options));
    expect(home.requests).to.deep.equal([
      '/some/where/train-images-idx3-ubyte.gz',
      '/some/where/train-images-idx3-ubyte.gz',
      '/some/where/cifar-10-binary.tar.gz',
    ]);
  });

  it('ends with the reason of its signal', async () => {
    const reason = new Error('enough');
    const options = { cache: folder.at('cache'), signal: AbortSignal.abort(reason) };
    expect(await failureOf(loadDataset('mnist', options))).to.equal(reason);
  });

  it('refuses names and options that are none', async () => {
    const names = 'name to be one of mnist, fashion-mnist, cifar-10; received';
    await refused({}, `${names} 'MNIST'`, 'MNIST');
    await refused({}, `${names} null`, null);
    await refused({}, `${names} 'toString'`, 'toString');
    await refused(null, 'options by name, such as { name: value }; received null');
    await refused({ from: '' }, "from to be the path of a folder; received ''");
    await refused({ cache: 7 }, 'cache to be the path of a folder; received 7');
    const homes = 'homes to be a list of at least one URL that begins with http; received';
    await refused({ homes: [] }, `${homes} []`);
    await refused({ homes: 'http://a/' }, `${homes} 'http://a/'`);
    await refused({ homes: ['http://a/', 'file:///b'] }, `${homes} ['http://a/', 'file:///b']`);
    await refused({ homes: ['http://'] }, `${homes} ['http://']`);
    await refused({ onProgress: 1 }, 'onProgress to be a function; received 1');
    await refused({ signal: {} }, 'signal to be an AbortSignal; received an object');
    const milliseconds = 'stallTimeout to be a number of milliseconds above 0; received';
    for (const stallTimeout of [0, -1, 2 ** 31, Infinity]) {
      await refused({ stallTimeout }, `${milliseconds} ${stallTimeout}`);
    }
    await refused({ stallTimeout: '5' }, `${milliseconds} '5'`);
  });

  (present ? describe : describe.skip)(`with published files${absence}`, function () {
    this.timeout(60_000);

    it('knows their content', async () => {
      // That of MNIST is looked at below; of CIFAR-10, only one file is there as it is published.
      const files = publishedDatasets['fashion-mnist'].downloads.map(({ files: [file] }) => file!);
      const batch = publishedDatasets['cifar-10'].downloads[0]!.files[0]!;
      const known = [
        ...files.map((file) => ['fashion-mnist', `${file.name}.gz`, file] as const),
        ['cifar-10', 'data_batch_1.bin.gz', batch] as const,
      ];
      for (const [set, name, file] of known) {
        const content = gunzipSync(await readFile(join(data, set, name)));
        expect(published(file.name, content)).to.deep.equal(file);
      }
    });

    it('downloads those of MNIST once and reads them from then on from the cache', async () => {
      const names = await readdir(join(data, 'mnist'));
      for (const name of names) home.serve({ [name]: await readFile(join(data, 'mnist', name)) });
      const options = { cache: folder.at('cache'), homes: [home.url] };
      for (let i = 0; i < 2; i++) {
        const { train, test } = await loadDataset('mnist', options);
        expect(train.images.shape).to.deep.equal([60_000, 28, 28, 1]);
        expect(test.images.shape).to.deep.equal([10_000, 28, 28, 1]);
      }
      expect(home.requests).to.have.length(4);
      expect(await readdir(folder.at('cache/mnist'))).to.have.length(4);
    });
  });
});
