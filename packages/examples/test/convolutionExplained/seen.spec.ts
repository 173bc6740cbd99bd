import { expect } from 'chai';
import { convolve, drawSeen, seenByAll, seenByOne } from '../../src/convolutionExplained/seen';

describe('Which pixels the results of convolutions see', () => {
  it('is counted for all results together: 1, 2 or 3 along each axis', () => {
    expect(seenByAll(convolve({}), 4).toArray()).to.deep.equal([
      [1, 2, 2, 1],
      [2, 4, 4, 2],
      [2, 4, 4, 2],
      [1, 2, 2, 1],
    ]);
  });

  it('leaves pixels out where the stride is larger than the kernel', () => {
    const [first] = seenByAll(convolve({ strides: 4 }), 7).toArray() as number[][];
    expect(first).to.deep.equal([1, 1, 1, 0, 1, 1, 1]);
  });

  it("puts the odd pixel of the padding 'same' at the bottom and on the right", () => {
    const [first] = seenByAll(convolve({ padding: 'same', strides: 2 }), 4).toArray() as number[][];
    // Windows begin at 0 and 2; the last one reaches one pixel over the border.
    expect(first).to.deep.equal([1, 1, 2, 1]);
  });

  it('is counted for one result: the ways that lead to it', () => {
    const middle = (f: ReturnType<typeof convolve>) => (seenByOne(f, 7).toArray() as number[][])[3];
    expect(middle(convolve({ dilations: 2 }))).to.deep.equal([0, 1, 0, 1, 0, 1, 0]);
    // Of two 3x3 kernels: 1 2 3 2 1 along each axis, so 3 times that in the middle row.
    expect(middle(convolve({}, {}))).to.deep.equal([0, 3, 6, 9, 6, 3, 0]);
  });

  it('is drawn with a square of 24 pixels for each', () => {
    const counts = seenByAll(convolve({}), 15);
    const picture = drawSeen(counts, { caption: 'all', darkest: 9, numbers: true });
    expect(picture.shape[1]).to.equal(15 * 24 + 32);
  });
});
