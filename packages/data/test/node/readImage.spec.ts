import { expect } from 'chai';
import { FormatError } from '@gradus/io';
import { readImage } from '../../src/node/index';
import { pngOf } from '../images/pngFiles';
import { testFile } from '../images/jpegFiles';
import { failureOf, TemporaryFolder } from './temporaryFolder';

describe('readImage', () => {
  const folder = new TemporaryFolder();

  it('reads an image by its content, not by its name', async () => {
    await folder.write({
      'a.jpg': pngOf([1, 2, 1], Uint8Array.of(3, 4)),
      'b.png': testFile('grey.jpg'),
    });
    expect((await readImage(folder.at('a.jpg'))).toArray()).to.deep.equal([[[3], [4]]]);
    expect((await readImage(folder.at('b.png'))).shape).to.deep.equal([20, 28, 1]);
  });

  it('names the file that it cannot read', async () => {
    await folder.write({ 'a.png': Uint8Array.of(0x47, 0x49, 0x46, 0x38) });
    const path = folder.at('a.png');
    const error = await failureOf(readImage(path));
    expect(error).to.be.instanceOf(FormatError);
    expect(error.message).to.equal(
      `${path}: decodeImage: expected a PNG or JPEG image; received a GIF image.`,
    );
    const missing = folder.at('missing.png');
    expect(await failureOf(readImage(missing))).to.include({ code: 'ENOENT', path: missing });
  });
});
