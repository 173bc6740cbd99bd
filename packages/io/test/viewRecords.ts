import fc from 'fast-check';
import type { DType, Tensor } from '@gradus/tensor';
import { dtypes, shapes, viewPairs, type ViewPair } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { FormatError } from '../src/index';

/** Names that trip programs up: empty, numbers, those of Object, with quotes, beyond ASCII. */
const awkward = ['', '0', '10', '__proto__', 'constructor', 'a/b', 'a"b\\', '{"', 'ü', '鬼', '👻'];

/** Views by name, of any shape, element type and layout, each with its contiguous equal. */
export function viewRecords(): fc.Arbitrary<readonly (readonly [string, ViewPair<DType>])[]> {
  const pair = fc
    .record({ shape: shapes({ minSize: 0 }), dtype: dtypes() })
    .chain(({ shape, dtype }) => viewPairs(shape, { dtype }));
  const name = fc.oneof(fc.constantFrom(...awkward), fc.string({ maxLength: 8 }));
  return fc.uniqueArray(fc.tuple(name, pair), { maxLength: 4, selector: ([key]) => key });
}

/** Checks that tensors by name are the given ones, to the bit. */
export function expectSameTensors(
  found: Readonly<Record<string, Tensor>>,
  expected: readonly (readonly [string, ViewPair<DType>])[],
): void {
  expect(Object.keys(found)).to.have.members(expected.map(([name]) => name));
  for (const [name, { view, contiguous }] of expected) {
    expect(Object.hasOwn(found, name)).to.equal(true);
    expect(found[name]!.dtype).to.equal(view.dtype);
    expect(found[name]!.shape).to.deep.equal(view.shape);
    expect(found[name]!.toTypedArray()).to.deep.equal(contiguous.data);
  }
}

/** Checks that a decoder of damaged or random bytes fails with a FormatError, if at all. */
export function expectOnlyFormatErrors(
  decode: (bytes: Uint8Array) => unknown,
  whole: Uint8Array,
  numRuns: number,
): void {
  const edit = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }));
  const damaged = fc.array(edit, { minLength: 1, maxLength: 4 }).map((changes) => {
    const bytes = whole.slice();
    for (const [place, byte] of changes) bytes[place] = byte;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      try {
        decode(bytes);
      } catch (error) {
        expect(error).to.be.instanceOf(FormatError);
      }
    }),
    { numRuns },
  );
}
