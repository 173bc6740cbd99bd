import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { expect } from 'chai';
import { FormatError } from '@gradus/io';
import { OptionError, type Tensor } from '@gradus/tensor';
import type { LabelledImages } from '../../src/index';
import { readClassFolder, type ClassFolderOptions } from '../../src/node/index';
import { pngOf } from '../images/pngFiles';
import { failureOf, TemporaryFolder } from './temporaryFolder';

/** A grey image of one pixel, whose value says which image it is. */
const pixel = (value: number): Uint8Array => pngOf([1, 1, 1], Uint8Array.of(value));

/** Images in folders: `{ cat: [10, 11] }` are cat/10.png and cat/11.png, each of that value. */
function imagesIn(
  classes: Readonly<Record<string, readonly number[]>>,
): Record<string, Uint8Array> {
  const files = Object.entries(classes).flatMap(([name, values]) =>
    values.map((value) => [`${name}/${value}.png`, pixel(value)] as const),
  );
  return Object.fromEntries(files);
}

const count = (length: number, start: number): number[] =>
  Array.from({ length }, (_, i) => start + i);

/** The values of all images with their labels, as `1:20`, sorted. */
function pairs({ images, labels }: LabelledImages): string[] {
  const rows = Array.from(
    labels.toTypedArray(),
    (label, row) => `${label}:${images.at(row, 0, 0, 0)}`,
  );
  return rows.sort();
}

const bytesOf = (x: Tensor): number[] => Array.from(x.toTypedArray());

describe('readClassFolder', () => {
  const folder = new TemporaryFolder();
  const read = (options?: ClassFolderOptions) => readClassFolder(folder.path, options);

  it('takes each folder for a class and sets a part of each aside to test with', async () => {
    await folder.write(imagesIn({ dog: count(10, 20), cat: count(5, 10), '.hidden': [1] }));
    const { train, test, classNames } = await read();
    expect(classNames).to.deep.equal(['cat', 'dog']);
    expect(train.images.shape).to.deep.equal([12, 1, 1, 3]);
    expect(train.images.dtype).to.equal('uint8');
    expect(train.labels.dtype).to.equal('int32');
    expect(test.images.shape).to.deep.equal([3, 1, 1, 3]);
    expect(bytesOf(test.labels).sort()).to.deep.equal([0, 1, 1]);
    const all = [...count(5, 10).map((v) => `0:${v}`), ...count(10, 20).map((v) => `1:${v}`)];
    expect([...pairs(train), ...pairs(test)].sort()).to.deep.equal(all);
  });

  it('gives the same for the same seed, in another order and split for another', async () => {
    await folder.write(imagesIn({ a: count(20, 0), b: count(20, 100) }));
    const values = async (seed?: number): Promise<number[][]> => {
      const { train, test } = await read({ seed, channels: 'grey' });
      return [bytesOf(train.images), bytesOf(test.images)];
    };
    const [first, again, other] = [await values(), await values(0), await values(1)];
    expect(again).to.deep.equal(first);
    expect(other[1]!.sort()).not.to.deep.equal(first[1]!.sort());
    // The last tenth, which a model may take to validate with, has both classes.
    const last = first[0]!.slice(-8);
    expect(new Set(last.map((value) => value < 100))).to.deep.equal(new Set([true, false]));
  });

  const splits: readonly [images: number, testSplit: number, tested: number][] = [
    [10, 0.2, 2],
    [10, 0, 0],
    [10, 0.26, 3],
    [2, 0.2, 1],
    [1, 0.5, 0],
    [3, 0.99, 2],
  ];
  for (const [images, testSplit, tested] of splits) {
    it(`sets ${tested} of ${images} images aside for a split of ${testSplit}`, async () => {
      await folder.write(imagesIn({ a: count(images, 0), b: count(images, 100) }));
      const { train, test } = await read({ testSplit });
      expect(test.images.shape).to.deep.equal([2 * tested, 1, 1, 3]);
      expect(train.labels.size).to.equal(2 * (images - tested));
      expect(bytesOf(test.labels).filter((label) => label === 1)).to.have.length(tested);
    });
  }

  for (const name of ['test', 'validation', 'val']) {
    it(`reads the folders train and ${name}, if both are there`, async () => {
      await folder.write(
        imagesIn({
          'train/b': [3],
          'train/a/deep': [1, 2],
          [`${name}/a`]: [11],
          [`${name}/b`]: [12, 13],
          other: [99],
        }),
      );
      const { train, test, classNames } = await read();
      expect(classNames).to.deep.equal(['a', 'b']);
      expect(pairs(train)).to.deep.equal(['0:1', '0:2', '1:3']);
      expect(pairs(test)).to.deep.equal(['0:11', '1:12', '1:13']);
    });
  }

  it('takes the folder test, if there is validation too', async () => {
    const parts = { 'train/a': [1], 'train/b': [2], 'test/a': [3], 'test/b': [4] };
    await folder.write(imagesIn({ ...parts, 'validation/a': [5], 'validation/b': [6] }));
    expect(pairs((await read()).test)).to.deep.equal(['0:3', '1:4']);
  });

  it('takes a folder train for a class, if there is none to test with', async () => {
    await folder.write(imagesIn({ train: [1, 2], plane: [3, 4] }));
    expect((await read()).classNames).to.deep.equal(['plane', 'train']);
  });

  it('reads at most a number of each class, at even distances', async () => {
    await folder.write(imagesIn({ a: count(9, 0), b: [100] }));
    const { train } = await read({ limit: 3, testSplit: 0 });
    expect(pairs(train)).to.deep.equal(['0:0', '0:3', '0:6', '1:100']);
  });

  it('reads grey or colour, cropped and resized to a size', async () => {
    const wide = pngOf([1, 2, 3], Uint8Array.of(10, 20, 30, 10, 20, 30));
    await folder.write({ 'a/x.png': wide, 'b/y.png': pixel(7) });
    const { train } = await read({ size: [2, 3], testSplit: 0 });
    expect(train.images.shape).to.deep.equal([2, 2, 3, 3]);
    const rows = bytesOf(train.labels).map((label) => (label === 0 ? [10, 20, 30] : [7, 7, 7]));
    const pixels = rows.flatMap((colour) => count(6, 0).flatMap(() => colour));
    expect(bytesOf(train.images)).to.deep.equal(pixels);
    const grey = await read({ size: [1, 1], channels: 'grey', testSplit: 0 });
    expect(grey.train.images.shape).to.deep.equal([2, 1, 1, 1]);
    expect(pairs(grey.train)).to.deep.equal(['0:18', '1:7']);
  });

  it('reports its progress after each file', async () => {
    await folder.write(imagesIn({ a: [1, 2], b: [3] }));
    const steps: number[][] = [];
    await read({ onProgress: (done, total) => void steps.push([done, total]) });
    expect(steps).to.deep.equal([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  const refused = async (message: string, options?: ClassFolderOptions): Promise<void> => {
    const error = await failureOf(read(options));
    expect(error).to.be.instanceOf(OptionError);
    expect(error.message).to.equal(`readClassFolder: expected ${message}`);
  };
  const classFolders = 'a folder with a folder of images for each class; received';

  it('refuses a folder that is none', async () => {
    const path = folder.at('missing');
    expect((await failureOf(readClassFolder(path))).message).to.equal(
      `readClassFolder: expected ${classFolders} "${path}", which does not exist.`,
    );
  });

  it('refuses a folder without two classes', async () => {
    await refused(
      `${classFolders} "${folder.path}", which has no folders in it. The folder is empty.`,
    );
    await folder.write({ 'x.png': pixel(1) });
    await refused(`${classFolders} "${folder.path}", which has no folders in it. In it: x.png.`);
    await folder.write({ 'images/a/y.png': pixel(1) });
    await refused(
      `${classFolders} "${folder.path}", which has only one folder in it. In it: images/, x.png.`,
    );
  });

  it('refuses a class without images', async () => {
    await folder.write({ ...imagesIn({ a: [1], b: [2] }), 'c/notes.txt': pixel(1) });
    const message = `which has no images. Images end in .png, .jpg or .jpeg.`;
    await refused(`${classFolders} "${folder.at('c')}", ${message}`);
    await mkdir(folder.at('aa'));
    await refused(`${classFolders} "${folder.at('aa')}", ${message}`);
  });

  it('refuses other classes to test with than to train with', async () => {
    await folder.write(imagesIn({ 'train/a': [1], 'train/b': [2], 'test/a': [3], 'test/c': [4] }));
    const same = 'the same classes to train and to test with; received';
    await refused(`${same} no b in "${folder.at('test')}".`);
    await folder.write(imagesIn({ 'test/b': [5] }));
    await refused(`${same} no c in "${folder.at('train')}".`);
  });

  it('refuses a testSplit where there is a folder to test with', async () => {
    await folder.write(imagesIn({ 'train/a': [1], 'train/b': [2], 'val/a': [3], 'val/b': [4] }));
    await refused(`no testSplit; received 0.2, although "${folder.at('val')}" is there.`, {
      testSplit: 0.2,
    });
  });

  it('refuses images of several sizes and names two of them', async () => {
    await folder.write({
      ...imagesIn({ a: [1, 2, 3] }),
      'b/x.png': pngOf([2, 1, 1], pixel(0).subarray(0, 2)),
    });
    const { message } = await failureOf(read({ testSplit: 0 }));
    const form =
      /^readClassFolder: expected images of one size; received (.*) in "(.*)" and (.*) in "(.*)"\. Give a size, to which all are cropped and resized\.$/;
    const [, shape, path, otherShape, otherPath] = form.exec(message) ?? [];
    const found = new Map([
      [basename(dirname(path!)), shape],
      [basename(dirname(otherPath!)), otherShape],
    ]);
    expect(found).to.deep.equal(
      new Map([
        ['a', '[1, 1]'],
        ['b', '[2, 1]'],
      ]),
    );
    expect((await read({ size: [1, 1] })).train.images.shape.slice(1)).to.deep.equal([1, 1, 3]);
  });

  it('refuses images to test with of another size than those to train with', async () => {
    await folder.write({
      ...imagesIn({ 'train/a': [1], 'train/b': [2], 'test/a': [3] }),
      'test/b/4.png': pngOf([1, 2, 1], Uint8Array.of(4, 4)),
    });
    const { message } = await failureOf(read());
    expect(message).to.match(
      /expected images of one size; received \[1, 1\] in .* and \[1, 2\] in/,
    );
  });

  it('refuses an image that cannot be read, and names it', async () => {
    await folder.write({ ...imagesIn({ a: [1], b: [2] }), 'b/bad.png': Uint8Array.of(1, 2, 3) });
    const error = await failureOf(read());
    expect(error).to.be.instanceOf(FormatError);
    expect(error.message).to.equal(
      `${folder.at('b/bad.png')}: decodeImage: expected a PNG or JPEG image; received 3 bytes that start with 01 02 03.`,
    );
  });

  const wrong: readonly [options: unknown, message: string][] = [
    [null, 'options by name, such as { name: value }; received null.'],
    [{ size: 28 }, 'a size [height, width] of whole numbers, at least 1; received 28.'],
    [{ size: [28] }, 'a size [height, width] of whole numbers, at least 1; received [28].'],
    [{ size: [0, 1] }, 'a size [height, width] of whole numbers, at least 1; received [0, 1].'],
    [{ channels: 'gray' }, "channels to be one of grey, rgb; received 'gray'."],
    [{ testSplit: 1 }, 'a testSplit from 0 to less than 1; received 1.'],
    [{ testSplit: -0.1 }, 'a testSplit from 0 to less than 1; received -0.1.'],
    [{ testSplit: NaN }, 'a testSplit from 0 to less than 1; received NaN.'],
    [{ testSplit: '0.5' }, "a testSplit from 0 to less than 1; received '0.5'."],
    [{ limit: 0 }, 'limit to be a whole number of at least 1; received 0.'],
    [{ limit: '3' }, "limit to be a whole number of at least 1; received '3'."],
    [{ onProgress: 1 }, 'onProgress to be a function; received 1.'],
  ];
  for (const [options, message] of wrong) {
    it(`refuses ${message.replace('; received', ':')}`, async () => {
      await refused(message, options as ClassFolderOptions);
    });
  }

  it('refuses a seed that is none', async () => {
    await folder.write(imagesIn({ a: [1], b: [2] }));
    const error = await failureOf(read({ seed: 0.5 }));
    expect(error).to.be.instanceOf(OptionError);
    expect(error.message).to.match(/^Random: expected seed to be a whole number/);
  });
});
