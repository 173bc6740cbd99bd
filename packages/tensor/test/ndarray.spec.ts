import { expect } from 'chai';
import fc from 'fast-check';
import makeNdarray, { type NdArray } from 'ndarray';
import { DTypeError, dtypes, newTypedArray, tensor, type Tensor } from '../src/index';
import { fromNdarray, toNdarray } from '../src/ndarray';
import { indicesOf, shapes, views } from '../testing/index';

describe('toNdarray', () => {
  for (const dtype of dtypes) {
    it(`has each ${dtype} element under its index, without a copy`, () => {
      const cases = shapes({ minSize: 0 }).chain((shape) => views(shape, { dtype }));
      fc.assert(
        fc.property(cases, (view) => {
          const array = toNdarray(view);
          expect(array.data).to.equal(view.data);
          expect(array.dtype).to.equal(dtype);
          expect([...array.shape]).to.deep.equal(view.shape);
          for (const index of indicesOf(view.shape)) {
            expect(array.get(...index)).to.equal(view.at(...index));
          }
        }),
      );
    });
  }

  it('shares memory: what is written to one is seen in the other', () => {
    const value = tensor([
      [1, 2],
      [3, 4],
    ]);
    const array = toNdarray(value);
    array.set(1, 0, 9);
    expect(value.at(1, 0)).to.equal(9);
    value.data[1] = 8;
    expect(array.get(0, 1)).to.equal(8);
  });

  it('shares no shape or strides', () => {
    const value = tensor([[1, 2]]);
    const array = toNdarray(value);
    array.shape[1] = 7;
    array.stride[1] = 7;
    expect(value.shape).to.deep.equal([1, 2]);
    expect(value.strides).to.deep.equal([2, 1]);
  });
});

describe('fromNdarray', () => {
  for (const dtype of dtypes) {
    it(`undoes toNdarray for ${dtype}`, () => {
      const cases = shapes({ minSize: 0 }).chain((shape) => views(shape, { dtype }));
      fc.assert(
        fc.property(cases, (view) => {
          const back: Tensor = fromNdarray(toNdarray(view));
          expect(back.data).to.equal(view.data);
          expect(back.dtype).to.equal(dtype);
          expect(back.shape).to.deep.equal(view.shape);
          for (const index of indicesOf(view.shape)) {
            expect(back.at(...index)).to.equal(view.at(...index));
          }
        }),
      );
    });

    it(`shares the memory of ${dtype}`, () => {
      const array = makeNdarray(newTypedArray(dtype, 6), [2, 3]);
      const value: Tensor = fromNdarray(array);
      array.set(1, 1, 7);
      expect(value.at(1, 1)).to.equal(7);
      value.data[0] = 6;
      expect(array.get(0, 0)).to.equal(6);
    });
  }

  it('sees what ndarray has cut, turned and reversed', () => {
    const array = makeNdarray(
      Float64Array.from({ length: 24 }, (_, i) => i),
      [4, 6],
    );
    const part = array.lo(1, 1).hi(3, 4).step(-1, 2).transpose(1, 0);
    const value: Tensor<'float64'> = fromNdarray(part);
    expect(value.toArray()).to.deep.equal([
      [19, 13, 7],
      [21, 15, 9],
    ]);
  });

  it('shares the memory of a clamped array, and takes it for uint8', () => {
    const array = makeNdarray(new Uint8ClampedArray(4), [2, 2]);
    const value: Tensor<'uint8'> = fromNdarray(array);
    array.set(1, 0, 300);
    expect(value.at(1, 0)).to.equal(255);
    expect(value.data).to.be.an.instanceOf(Uint8Array);
  });

  it('shares no shape or strides', () => {
    const array = makeNdarray(new Float32Array(4), [2, 2]);
    const value = fromNdarray(array);
    array.shape[0] = 7;
    array.stride[0] = 7;
    expect(value.shape).to.deep.equal([2, 2]);
    expect(value.strides).to.deep.equal([2, 1]);
  });

  it('refuses data that no tensor can hold', () => {
    const refused: [name: string, array: NdArray][] = [
      ['Array', makeNdarray([1, 2])],
      ['Int16Array', makeNdarray(new Int16Array(2))],
    ];
    for (const [name, array] of refused) {
      expect(() => fromNdarray(array as NdArray<Float32Array>))
        .to.throw(DTypeError)
        .with.property(
          'message',
          'fromNdarray: expected data in a Float32Array, Float64Array, Int32Array or Uint8Array; ' +
            `received ${name}.`,
        );
    }
  });
});
