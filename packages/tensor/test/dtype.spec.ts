import { expect } from 'chai';
import { dtypeOf, dtypes, isFloat, newTypedArray, typedArrayFrom } from '../src/index';

describe('dtypes', () => {
  const table = [
    { dtype: 'float32', array: Float32Array, bytes: 4, float: true },
    { dtype: 'float64', array: Float64Array, bytes: 8, float: true },
    { dtype: 'int32', array: Int32Array, bytes: 4, float: false },
    { dtype: 'uint8', array: Uint8Array, bytes: 1, float: false },
  ] as const;

  it('are these four', () => {
    expect(dtypes).to.deep.equal(table.map(({ dtype }) => dtype));
  });

  for (const { dtype, array, bytes, float } of table) {
    it(`${dtype} is stored in a ${array.name}, ${bytes} bytes an element`, () => {
      const zeros = newTypedArray(dtype, 3);
      expect(zeros).to.be.an.instanceOf(array);
      expect([...zeros]).to.deep.equal([0, 0, 0]);
      expect(zeros.BYTES_PER_ELEMENT).to.equal(bytes);
      expect(dtypeOf(zeros)).to.equal(dtype);
      expect(isFloat(dtype)).to.equal(float);
    });
  }

  const converted = [
    { dtype: 'float32', to: [1.75, -2.5, Math.fround(0.1), 300] },
    { dtype: 'float64', to: [1.75, -2.5, 0.1, 300] },
    { dtype: 'int32', to: [1, -2, 0, 300] },
    { dtype: 'uint8', to: [1, 254, 0, 44] },
  ] as const;
  for (const { dtype, to } of converted) {
    it(`${dtype} turns 1.75, -2.5, 0.1 and 300 into ${to.join(', ')}`, () => {
      const values = [1.75, -2.5, 0.1, 300];
      expect([...typedArrayFrom(dtype, values)]).to.deep.equal(to);
      expect(values).to.deep.equal([1.75, -2.5, 0.1, 300]);
    });
  }

  it('typedArrayFrom copies an array that is already of the type', () => {
    const values = Float32Array.of(1, 2);
    typedArrayFrom('float32', values)[0] = 9;
    expect(values[0]).to.equal(1);
  });

  it('a clamped array and a Buffer hold uint8; other values hold no tensor', () => {
    expect(dtypeOf(new Uint8ClampedArray(1))).to.equal('uint8');
    expect(dtypeOf(Buffer.from([1]))).to.equal('uint8');
    for (const other of [new Int16Array(1), new DataView(new ArrayBuffer(1)), [1], 1, null]) {
      expect(dtypeOf(other)).to.equal(undefined);
    }
  });
});
