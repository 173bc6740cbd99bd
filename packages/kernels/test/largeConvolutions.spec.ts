import { fill, full, type FloatDType, type Shape, type View } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { convGeometry, convOutputShape, type ConvOptions } from '../src/index';
import { convKernels, engines, engineTolerances, rolesOf } from '../testing/index';

// The loops engine computes in parts: 131072 elements of padded images, 32768 elements of a product,
// 512 output pixels of a filter gradient, 16 rows of dy are at hand at a time.
const table: readonly [title: string, x: Shape, filter: Shape, options: ConvOptions][] = [
  ['more images than a chunk', [5, 40, 40, 32], [1, 1, 2, 16], { groups: 16, strides: 2 }],
  ['images larger than a chunk', [2, 150, 150, 6], [2, 1, 1, 6], { groups: 6, dilations: 3 }],
  ['products larger than a part', [1, 80, 80, 1], [2, 2, 1, 6], { padding: 'same' }],
  ['strided products larger than a part', [1, 130, 90, 1], [3, 2, 1, 7], { strides: [1, 2] }],
  ['more rows than a band, plane by plane', [2, 37, 9, 2], [3, 2, 2, 1], { padding: 1 }],
  ['more rows than a band under a 3x3 kernel', [2, 35, 9, 1], [3, 3, 1, 3], { padding: 'same' }],
  ['a kernel of more rows than a band', [2, 20, 5, 1], [18, 3, 1, 1], {}],
  ['more taps and filters than a block', [1, 4, 4, 190], [2, 2, 190, 60], {}],
];

const [definition, ...others] = engines;

describe('A convolution of many numbers', () => {
  for (const [title, x, filter, options] of table) {
    for (const kernel of convKernels) {
      it(`is the definition with ${title}, float64 and float32: ${kernel}`, () => {
        const geometry = convGeometry('conv2d', x, filter, options);
        const { inputs, out } = rolesOf(kernel, { x, filter, y: convOutputShape(geometry) });
        const expected = full(out, NaN, 'float64');
        const [a, b] = inputs.map((shape) => waves(shape, 'float64')) as [View, View];
        definition![kernel](a, b, geometry, expected);
        for (const engine of others) {
          for (const dtype of ['float64', 'float32'] as const) {
            const found = full(out, NaN, dtype);
            const [a, b] = inputs.map((shape) => waves(shape, dtype)) as [View, View];
            engine[kernel](a, b, geometry, found);
            expectClose(found, expected, { relative: engineTolerances[dtype] });
          }
        }
      });
    }
  }
});

/** No multiples of 1/64: their sums are rounded. */
function waves(shape: Shape, dtype: FloatDType): View {
  return fill(shape, (i) => Math.fround(Math.sin(i + 1)), dtype);
}
