import { expect } from 'chai';
import fc from 'fast-check';
import { tensor } from '@gradus/tensor';
import { resizePicture } from '../src/resizePicture';

const size = fc.integer({ min: 1, max: 9 });

describe('A resized picture', () => {
  it('repeats pixels when it is a whole multiple', () => {
    const doubled = resizePicture(tensor(new Uint8Array([1, 2, 3, 4]), [2, 2]), 4, 6);
    expect([...doubled.data]).to.deep.equal([
      ...[1, 1, 1, 2, 2, 2],
      ...[1, 1, 1, 2, 2, 2],
      ...[3, 3, 3, 4, 4, 4],
      ...[3, 3, 3, 4, 4, 4],
    ]);
  });

  it('has the means of the areas that its pixels cover', () => {
    const picture = tensor(new Uint8Array([0, 84, 24, 60]), [1, 4]);
    expect([...resizePicture(picture, 1, 2).data]).to.deep.equal([42, 42]);
    expect([...resizePicture(picture, 1, 1).data]).to.deep.equal([42]);
    // 0 and a third of 84; two thirds of 84 and of 24; a third of 24, and 60
    expect([...resizePicture(picture, 1, 3).data]).to.deep.equal([21, 54, 51]);
  });

  it('keeps the channels apart', () => {
    const picture = tensor(new Uint8Array([0, 100, 200, 100, 200, 0]), [1, 2, 3]);
    expect([...resizePicture(picture, 1, 1).data]).to.deep.equal([50, 150, 100]);
  });

  it('keeps the mean, and every pixel between the darkest and the lightest', () => {
    const pictures = fc
      .tuple(size, size)
      .chain(([height, width]) =>
        fc
          .uint8Array({ minLength: height * width, maxLength: height * width })
          .map((pixels) => tensor(pixels, [height, width])),
      );
    const mean = (pixels: Uint8Array) => pixels.reduce((a, b) => a + b, 0) / pixels.length;
    fc.assert(
      fc.property(pictures, size, size, (picture, height, width) => {
        const { data } = resizePicture(picture, height, width);
        expect(data).to.have.length(height * width);
        expect(mean(data)).to.be.closeTo(mean(picture.data), 0.5);
        expect(Math.min(...data)).to.be.at.least(Math.min(...picture.data));
        expect(Math.max(...data)).to.be.at.most(Math.max(...picture.data));
      }),
    );
  });
});
