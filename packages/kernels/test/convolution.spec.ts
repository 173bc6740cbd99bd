import { tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { convGeometry, convOutputShape, type ConvOptions } from '../src/index';
import { engines } from '../testing/index';

// These numbers pin the definition, so the other engines are held to them too.
for (const engine of engines) {
  describe(`A convolution on ${engine.name}`, () => {
    function conv2d(x: Tensor, filter: Tensor, options: ConvOptions = {}): unknown {
      const geometry = convGeometry('conv2d', x.shape, filter.shape, options);
      const out = zeros(convOutputShape(geometry));
      engine.conv2d(x, filter, geometry, out);
      return out.toTypedArray();
    }

    const row = (...numbers: number[]): Tensor =>
      tensor(Float32Array.from(numbers), [1, 1, numbers.length, 1]);
    const taps = (...numbers: number[]): Tensor =>
      tensor(Float32Array.from(numbers), [1, numbers.length, 1, 1]);
    const numbers = (...values: number[]): Float32Array => Float32Array.from(values);

    it('is a cross-correlation: the kernel is not turned', () => {
      expect(conv2d(row(0, 0, 1, 0, 0), taps(1, 2, 3))).to.deep.equal(numbers(3, 2, 1));
      expect(conv2d(row(1, 2, 3, 4), taps(10, 1))).to.deep.equal(numbers(12, 23, 34));
    });

    it('puts rows before columns', () => {
      const x = tensor(Float32Array.of(1, 2, 3, 4, 5, 6), [1, 2, 3, 1]);
      const filter = tensor(Float32Array.of(1, 10, 100, 1000), [2, 2, 1, 1]);
      // 1 + 20 + 400 + 5000, 2 + 30 + 500 + 6000
      expect(conv2d(x, filter)).to.deep.equal(numbers(5421, 6532));
    });

    it('starts windows a stride apart', () => {
      expect(conv2d(row(1, 2, 3, 4, 5, 6), taps(1, 10), { strides: [1, 2] })).to.deep.equal(
        numbers(21, 43, 65),
      );
    });

    it('puts taps a dilation apart', () => {
      expect(conv2d(row(1, 2, 3, 4, 5), taps(1, 10), { dilations: [1, 3] })).to.deep.equal(
        numbers(41, 52),
      );
    });

    it("pads the odd pixel of 'same' at the right", () => {
      expect(conv2d(row(1, 2, 3), taps(1, 10), { padding: 'same' })).to.deep.equal(
        numbers(21, 32, 3),
      );
    });

    it('sums over the channels of a pixel, for each filter', () => {
      const x = tensor(Float32Array.of(1, 2), [1, 1, 1, 2]);
      const filter = tensor(Float32Array.of(1, 2, 3, 10, 20, 30), [1, 1, 2, 3]);
      expect(conv2d(x, filter)).to.deep.equal(numbers(21, 42, 63));
    });

    it('gives neighbouring filters neighbouring groups of channels', () => {
      const x = tensor(Float32Array.of(1, 2, 3, 4), [1, 1, 1, 4]);
      const filter = tensor(Float32Array.of(1, 2, 3, 4, 10, 20, 30, 40), [1, 1, 2, 4]);
      // channels 1, 2 meet filters 0, 1; channels 3, 4 meet filters 2, 3
      expect(conv2d(x, filter, { groups: 2 })).to.deep.equal(numbers(21, 42, 129, 172));
    });

    it('sends a gradient back to the pixels and weights that met', () => {
      const [x, filter] = [row(1, 2, 3, 4), taps(10, 1)];
      const geometry = convGeometry('conv2d', x.shape, filter.shape, { strides: [1, 2] });
      const dy = tensor(Float32Array.of(5, 7), [1, 1, 2, 1]);
      const [dx, slopes] = [zeros(x.shape), zeros(filter.shape)];
      engine.conv2dInputGradient(dy, filter, geometry, dx);
      engine.conv2dFilterGradient(dy, x, geometry, slopes);
      expect(dx.data).to.deep.equal(numbers(50, 5, 70, 7));
      // 5 * 1 + 7 * 3, 5 * 2 + 7 * 4
      expect(slopes.data).to.deep.equal(numbers(26, 38));
    });
  });
}
