import type { ImageDataset } from '../../index';
import { readCifar10 } from '../readCifar10';
import { readMnist } from '../readMnist';

/** A file of a data set, unpacked. */
export interface PublishedFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 of its content: mirrors may have packed it anew, but what is in it is the same. */
  readonly sha256: string;
}

/** What a home gives: a gzip file, or an archive of several files, and what is in it. */
export interface Download {
  /** The name under a home. */
  readonly name: string;
  readonly kind: 'gzip' | 'tar.gz';
  readonly files: readonly PublishedFile[];
}

/** Where a data set is published, and how it is read from a folder with its files. */
export interface PublishedDataset {
  /** URLs of the folders in which the downloads lie, tried in this order. */
  readonly homes: readonly string[];
  readonly downloads: readonly Download[];
  readonly read: (folder: string) => Promise<ImageDataset>;
}

/** The data sets that `loadDataset` knows. */
export const datasetNames = ['mnist', 'fashion-mnist', 'cifar-10'] as const;

/** The name of a data set. */
export type DatasetName = (typeof datasetNames)[number];

/** MNIST and Fashion-MNIST have files of the same names and sizes. */
function idxFiles(checksums: readonly [string, string, string, string]): readonly Download[] {
  const sizes = [
    ['train-images-idx3-ubyte', 47_040_016],
    ['train-labels-idx1-ubyte', 60_008],
    ['t10k-images-idx3-ubyte', 7_840_016],
    ['t10k-labels-idx1-ubyte', 10_008],
  ] as const;
  return sizes.map(([name, size], i) => {
    return { name: `${name}.gz`, kind: 'gzip', files: [{ name, size, sha256: checksums[i]! }] };
  });
}

function cifarFiles(checksums: Readonly<Record<string, string>>): readonly PublishedFile[] {
  return Object.entries(checksums).map(([name, sha256]) => ({ name, size: 30_730_000, sha256 }));
}

/** What is known of each. */
export const publishedDatasets: Readonly<Record<DatasetName, PublishedDataset>> = {
  mnist: {
    homes: [
      'https://ossci-datasets.s3.amazonaws.com/mnist/',
      'https://storage.googleapis.com/cvdf-datasets/mnist/',
    ],
    downloads: idxFiles([
      'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
      '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    ]),
    read: (folder) => readMnist(folder, { name: 'mnist' }),
  },
  'fashion-mnist': {
    homes: ['http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/'],
    downloads: idxFiles([
      'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
      'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
      '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
      '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
    ]),
    read: (folder) => readMnist(folder, { name: 'fashion-mnist' }),
  },
  'cifar-10': {
    homes: ['https://www.cs.toronto.edu/~kriz/'],
    downloads: [
      {
        name: 'cifar-10-binary.tar.gz',
        kind: 'tar.gz',
        files: cifarFiles({
          'data_batch_1.bin': 'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5',
          'data_batch_2.bin': 'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed',
          'data_batch_3.bin': 'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67',
          'data_batch_4.bin': '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48',
          'data_batch_5.bin': '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add',
          'test_batch.bin': '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b',
        }),
      },
    ],
    read: readCifar10,
  },
};
