import { tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { smallestFailing } from '../../../testing/gradients/smallerInputs';

const matrix = (shape: readonly number[]): Tensor =>
  tensor(
    Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, n) => Math.sin(n) + 2),
    shape,
  );

const smallest = (
  inputs: readonly Tensor[],
  fails: (...inputs: readonly Tensor[]) => boolean,
): unknown => smallestFailing(inputs, (xs) => fails(...xs)).map((x) => x.toArray());

describe('smallestFailing', () => {
  it('makes shapes small and numbers simple', () => {
    expect(smallest([matrix([3, 4])], () => true)).to.deep.equal([[[0]]]);
    expect(smallest([matrix([])], () => true)).to.deep.equal([0]);
  });

  it('keeps what it takes to fail', () => {
    expect(smallest([matrix([3, 4])], (x) => x.shape[1]! >= 2)).to.deep.equal([[[0, 0]]]);
    expect(smallest([matrix([5])], (x) => x.toTypedArray().some((v) => v > 2.3))).to.deep.equal([
      [0, 3],
    ]);
    expect(
      smallest([tensor(Float64Array.of(0.7, 0.3))], (x) => x.at(0) > 0.6 && x.at(0) < 0.9),
    ).to.deep.equal([[0.75]]);
  });

  it('makes axes that belong together smaller together', () => {
    const product = (a?: Tensor, b?: Tensor): boolean => a!.shape[1] === b!.shape[0];
    expect(smallest([matrix([2, 4]), matrix([4, 3])], product)).to.deep.equal([[[0]], [[0]]]);
  });

  it('gives the inputs themselves where nothing smaller fails, and ends', () => {
    const inputs = [matrix([2, 2])];
    let tried = 0;
    const never = (): boolean => {
      tried += 1;
      return false;
    };
    expect(smallestFailing(inputs, never)).to.equal(inputs);
    expect(tried).to.be.within(1, 300);
  });

  it('keeps the element type', () => {
    const [found] = smallestFailing([tensor([1.5, 2.5])], () => true);
    expect(found!.dtype).to.equal('float32');
  });
});
