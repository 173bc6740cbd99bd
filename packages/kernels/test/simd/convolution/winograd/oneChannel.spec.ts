import { full, rowMajor, sizeOf, Tensor, toTypedArray } from '@gradus/tensor';
import { expectClose, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { convOutputShape, pooledShape, type Backend } from '../../../../src/index';
import { reference } from '../../../../src/reference/index';
import { anyNumbers } from '../../../../testing/generators/anyNumbers';
import {
  epilogueOf,
  epilogueParts,
  type EpilogueParts,
} from '../../../../testing/calls/epilogueCalls';
import { smallConvolutions, geometryOf } from './smallConvolutions';
import { oneChannelEngine } from './winogradEngine';

/** Convolutions of one channel with any epilogue; where nothing would be left, they do not pool. */
function cases(specials: readonly number[] = []) {
  return fc.tuple(smallConvolutions, epilogueParts).chain(([{ geometry: drawn }, parts]) => {
    const { batch, input, output, padding } = drawn;
    const { top, bottom, left, right } = padding;
    const x = [batch, input.height, input.width, 1];
    const geometry = geometryOf(x, output.channels, {
      padding: [
        [top, bottom],
        [left, right],
      ],
    });
    const y = convOutputShape(geometry);
    const empty = sizeOf(pooledShape(y)) === 0;
    return fc.record({
      geometry: fc.constant(geometry),
      parts: fc.constant<EpilogueParts>(empty ? { ...parts, maxPool: 'none' } : parts),
      x: anyNumbers(x, { dtype: 'float32' }, specials),
      filter: views([3, 3, 1, output.channels]),
      addends: views([output.channels]),
    });
  });
}

type Case = ReturnType<typeof cases> extends fc.Arbitrary<infer T> ? T : never;

function compute(backend: Backend, { geometry, parts, x, filter, addends }: Case) {
  const y = convOutputShape(geometry);
  const shape = parts.maxPool === 'none' ? y : pooledShape(y);
  const result = full(shape, NaN);
  const { epilogue, places } = epilogueOf(reference, parts, { addends, shape });
  backend.conv2d(x, filter, geometry, result, epilogue);
  return { result, places: [...places.data] };
}

// Each case compiles a kernel.
const limits = { numRuns: 60, interruptAfterTimeLimit: 6000 };

describe("Convolution of one channel by Winograd's algorithm", () => {
  it('is the same as by definition, with any epilogue, and keeps the same pixels', () => {
    fc.assert(
      fc.property(cases(), (drawn) => {
        const [found, expected] = [oneChannelEngine, reference].map((one) => compute(one, drawn));
        // Sums of such numbers are not rounded, nor is anything on the way to them.
        expectClose(found!.result, expected!.result, { relative: 0 });
        expect(found!.places).to.deep.equal(expected!.places);
      }),
      limits,
    );
  });

  it('loses no NaN, whose tile becomes NaN as a whole', () => {
    fc.assert(
      fc.property(cases([NaN]), (drawn) => {
        const [found, expected] = [oneChannelEngine, reference].map((one) => compute(one, drawn));
        const exact = toTypedArray(expected!.result);
        toTypedArray(found!.result).forEach((value, i) => {
          if (Number.isNaN(exact[i]!)) expect(value).to.be.NaN;
          else if (!Number.isNaN(value)) expect(value).to.equal(exact[i]);
        });
      }),
      limits,
    );
  });

  it('reads nothing of the filters and pixels beside its own', () => {
    const geometry = geometryOf([1, 5, 5, 1], 5, { padding: 'same' });
    const window = (shape: number[]): Tensor<'float32'> => {
      const data = new Float32Array(sizeOf(shape) + 80).fill(NaN).fill(1, 40, 40 + sizeOf(shape));
      return new Tensor({ dtype: 'float32', data }, { ...rowMajor(shape), offset: 40 });
    };
    const parts = { bias: true, relu: true, maxPool: 'none' } as const;
    const [x, filter, addends] = [window([1, 5, 5, 1]), window([3, 3, 1, 5]), window([5])];
    const { result } = compute(oneChannelEngine, { geometry, parts, x, filter, addends });
    const middle = [...toTypedArray(result)].slice(5 * 12, 5 * 13);
    expect(middle).to.deep.equal([10, 10, 10, 10, 10]);
    expect([...toTypedArray(result)].some(Number.isNaN)).to.equal(false);
  });
});
