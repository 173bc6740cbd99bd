import { mkdir, symlink } from 'node:fs/promises';
import { expect } from 'chai';
import { OptionError, type Tensor } from '@gradus/tensor';
import { readImageFolder } from '../../src/node/index';
import { pngOf } from '../images/pngFiles';
import { testFile } from '../images/jpegFiles';
import { failureOf, TemporaryFolder } from './temporaryFolder';

const convert = (image: Tensor<'uint8'>): number => image.at(0, 0, 0);
const pixel = (value: number): Uint8Array => pngOf([1, 1, 1], Uint8Array.of(value));
const noImage = Uint8Array.of(1, 2, 3);

describe('readImageFolder', () => {
  const folder = new TemporaryFolder();
  const read = async (limit?: number): Promise<number[]> => {
    const { images } = await readImageFolder(folder.path, { convert, limit });
    return images.map(({ image }) => image);
  };

  it('reads PNG and JPEG files in all folders, sorted, whatever the case of their endings', async () => {
    await folder.write({
      'b.PNG': pixel(2),
      'a/z.png': pixel(1),
      'a/deep/y.jpeg': testFile('grey.jpg'),
      'c.Jpg': pixel(3),
      'notes.txt': noImage,
      'd.png.bak': noImage,
    });
    const { images, skipped } = await readImageFolder(folder.path, {
      convert: (image, path) => `${path} ${image.shape.join(' ')}`,
    });
    const expected = ['a/deep/y.jpeg', 'a/z.png', 'b.PNG', 'c.Jpg'].map((name) => folder.at(name));
    expect(images.map(({ path }) => path)).to.deep.equal(expected);
    expect(images[0]!.image).to.equal(`${expected[0]} 20 28 1`);
    expect(skipped).to.deep.equal([]);
  });

  it('ignores hidden files and folders', async () => {
    await folder.write({ 'a.png': pixel(1), '.b.png': pixel(2), '.thumbnails/c.png': pixel(3) });
    expect(await read()).to.deep.equal([1]);
  });

  it('follows links, but not in circles', async () => {
    await folder.write({ 'a/x.png': pixel(1), 'b/y.png': pixel(2) });
    await symlink(folder.path, folder.at('a/up'));
    await symlink(folder.at('b'), folder.at('c'));
    await symlink(folder.at('b/y.png'), folder.at('d.png'));
    expect(await read()).to.deep.equal([1, 2, 2]);
  });

  it('skips what cannot be read and says why', async () => {
    await folder.write({ 'a.png': noImage, 'b.png': pixel(7), 'c.jpg': testFile('cmyk.jpg') });
    await symlink(folder.at('nowhere'), folder.at('d.png'));
    const { images, skipped } = await readImageFolder(folder.path, { convert });
    expect(images).to.deep.equal([{ path: folder.at('b.png'), image: 7 }]);
    const [a, c, d] = ['a.png', 'c.jpg', 'd.png'].map((name) => folder.at(name));
    expect(skipped).to.deep.equal([
      {
        path: a,
        reason: `${a}: decodeImage: expected a PNG or JPEG image; received 3 bytes that start with 01 02 03.`,
      },
      {
        path: c,
        reason: `${c}: decodeImage: expected a JPEG image of 1 (grey) or 3 (colour) components at byte 87; received 4. It is meant for print (CMYK); convert it to RGB first.`,
      },
      { path: d, reason: `ENOENT: no such file or directory, open '${d}'.` },
    ]);
  });

  it('takes a limited number at even distances, so that every folder has its share', async () => {
    const files = Array.from({ length: 12 }, (_, i) => {
      const name = `${'abc'[Math.floor(i / 4)]}/${i % 4}.png`;
      return [name, pixel(i)] as const;
    });
    await folder.write(Object.fromEntries(files));
    expect(await read(3)).to.deep.equal([0, 4, 8]);
    expect(await read(5)).to.deep.equal([0, 2, 4, 7, 9]);
    expect(await read(1)).to.deep.equal([0]);
    expect(await read(12)).to.have.length(12);
    expect(await read(100)).to.have.length(12);
  });

  it('reports its progress after each file', async () => {
    await folder.write({ 'a.png': pixel(1), 'b.png': noImage, 'c.png': pixel(3) });
    const steps: number[][] = [];
    const onProgress = (done: number, total: number): void => void steps.push([done, total]);
    await readImageFolder(folder.path, { convert, onProgress });
    expect(steps).to.deep.equal([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('ends with the error of convert', async () => {
    await folder.write({ 'a.png': pixel(1) });
    const error = new Error('too small');
    const failing = readImageFolder(folder.path, {
      convert: () => {
        throw error;
      },
    });
    expect(await failureOf(failing)).to.equal(error);
  });

  const refused = async (path: string, message: string, limit?: number): Promise<void> => {
    const error = await failureOf(readImageFolder(path, { convert, limit }));
    expect(error).to.be.instanceOf(OptionError);
    expect(error.message).to.equal(`readImageFolder: expected ${message}`);
  };

  it('refuses a folder that is none', async () => {
    const missing = folder.at('missing');
    await refused(
      missing,
      `a folder of PNG and JPEG images; received "${missing}", which does not exist.`,
    );
    await folder.write({ 'a.png': pixel(1) });
    const file = folder.at('a.png');
    await refused(file, `a folder of PNG and JPEG images; received "${file}", which is a file.`);
    const inFile = folder.at('a.png/b');
    await refused(
      inFile,
      `a folder of PNG and JPEG images; received "${inFile}" (ENOTDIR: not a directory, stat '${inFile}').`,
    );
  });

  it('refuses a folder without images', async () => {
    await mkdir(folder.at('empty'));
    await refused(
      folder.path,
      `a folder with images in it; received "${folder.path}", which has none. Images end in .png, .jpg or .jpeg.`,
    );
  });

  it('refuses a folder of which no image can be read, with the first reasons', async () => {
    const names = ['a.png', 'b.png', 'c.png', 'd.png', 'e.png'];
    await folder.write(Object.fromEntries(names.map((name) => [name, new Uint8Array(0)])));
    const reasons = names
      .slice(0, 3)
      .map((name) => {
        const path = folder.at(name);
        return `${path}: decodeImage: expected a PNG or JPEG image; received no bytes.`;
      })
      .join(' ');
    await refused(
      folder.path,
      `at least one image that can be read; received "${folder.path}", where none of 5 can. ${reasons} And 2 more.`,
    );
  });

  it('refuses a limit that is none', async () => {
    await folder.write({ 'a.png': pixel(1) });
    for (const limit of [0, -1, 1.5, NaN]) {
      await refused(
        folder.path,
        `a limit that is a whole number of at least 1; received ${limit}.`,
        limit,
      );
    }
  });
});
