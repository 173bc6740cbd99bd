import { expect } from 'chai';
import fc from 'fast-check';
import { scalar, sizeOf, tensor, zeros, type Shape } from '@gradus/tensor';
import { dtypes, shapes, viewPairs } from '@gradus/tensor/testing';
import { decodeNpy, encodeNpy } from '../src/index';

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

describe('encodeNpy', () => {
  it('writes the bytes that the format document prescribes', () => {
    const bytes = encodeNpy(tensor([1, -2]));
    // 10 bytes before the header, 118 (0x76) in it: 128 together, a multiple of 64.
    const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }`;
    expect(textOf(bytes.subarray(0, 128))).to.equal(
      `\x93NUMPY\x01\x00\x76\x00${dictionary}${' '.repeat(117 - dictionary.length)}\n`,
    );
    // 1 is 0x3f800000 and -2 is 0xc0000000, least significant byte first.
    expect([...bytes.subarray(128)]).to.deep.equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  });

  const dictionaries: readonly [Shape, string][] = [
    [[], '()'],
    [[3], '(3,)'],
    [[3, 4], '(3, 4)'],
    [[2, 0, 5], '(2, 0, 5)'],
  ];
  for (const [shape, tuple] of dictionaries) {
    it(`writes the shape [${shape.join(', ')}] as the tuple ${tuple}`, () => {
      expect(textOf(encodeNpy(zeros(shape)))).to.include(`'shape': ${tuple}, }`);
    });
  }

  const descriptions = [
    ['float32', '<f4', 4],
    ['float64', '<f8', 8],
    ['int32', '<i4', 4],
    ['uint8', '|u1', 1],
  ] as const;
  for (const [dtype, descr, bytesEach] of descriptions) {
    it(`writes ${dtype} as ${descr}, ${bytesEach} bytes for each element`, () => {
      const bytes = encodeNpy(scalar(7, dtype));
      expect(textOf(bytes)).to.include(`'descr': '${descr}'`);
      expect(bytes.length).to.equal(128 + bytesEach);
    });
  }

  it('starts the data at a multiple of 64, however long the header is', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), (rank) => {
        const bytes = encodeNpy(zeros(new Array<number>(rank).fill(1), 'uint8'));
        expect((bytes.length - 1) % 64).to.equal(0);
        expect(bytes[bytes.length - 2]).to.equal('\n'.charCodeAt(0));
      }),
    );
  });

  it('writes any view row by row, and decodeNpy gives the same tensor back', () => {
    const pairs = fc
      .record({ shape: shapes({ minSize: 0 }), dtype: dtypes() })
      .chain(({ shape, dtype }) => viewPairs(shape, { dtype }));
    fc.assert(
      fc.property(pairs, ({ view, contiguous }) => {
        const bytes = encodeNpy(view);
        expect(bytes).to.deep.equal(encodeNpy(contiguous));
        const back = decodeNpy(bytes);
        expect(back.dtype).to.equal(view.dtype);
        expect(back.shape).to.deep.equal(view.shape);
        expect(back.data).to.deep.equal(contiguous.data);
        expect(back.size).to.equal(sizeOf(view.shape));
      }),
    );
  });

  it('keeps every bit of a float64, infinities and minus zero too', () => {
    const values = Float64Array.of(Math.PI, -0, Infinity, -Infinity, NaN, 5e-324, 1e308);
    expect(decodeNpy(encodeNpy(tensor(values))).data).to.deep.equal(values);
  });
});
