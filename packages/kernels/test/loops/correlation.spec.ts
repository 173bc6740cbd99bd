import { Random, fill, tensor, zeros } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { convGeometry } from '../../src/index';
import { addCorrelation } from '../../src/loops/correlation';
import { PlaneStack } from '../../src/loops/planeStack';
import { Scratch } from '../../src/loops/scratch';
import { copy } from '../../src/loops/elementwise';
import { reference } from '../../src/reference/index';

const random = new Random(2);

function randomPlane(height: number, width: number): PlaneStack {
  const stack = new PlaneStack(new Scratch(), 1, height, width);
  copy(
    fill([height, width, 1], () => random.normal(), 'float64'),
    stack.view(1),
  );
  return stack;
}

describe('addCorrelation', () => {
  // Widths around the run of 4 pixels and the 4 weights that are taken together.
  for (const [kernelHeight, kernelWidth] of [
    [1, 1],
    [2, 3],
    [3, 3],
    [3, 2],
    [2, 4],
    [1, 5],
    [4, 7],
    [2, 8],
    [1, 9],
  ] as const) {
    it(`is a convolution of planes with a kernel ${kernelHeight}x${kernelWidth}`, () => {
      for (let height = 1; height <= 3; height++) {
        for (let width = 1; width <= 9; width++) {
          const x = randomPlane(height + kernelHeight - 1, width + kernelWidth - 1);
          const kernel = randomPlane(kernelHeight, kernelWidth);
          const out = new PlaneStack(new Scratch(), 1, height, width);
          addCorrelation(x.plane(0), kernel.plane(0), out.plane(0));
          const image = { ...x.view(1), shape: [1, x.height, x.width, 1] };
          const filter = { ...kernel.view(1, 1), shape: [kernelHeight, kernelWidth, 1, 1] };
          const expected = zeros([1, height, width, 1], 'float64');
          const geometry = convGeometry('conv2d', image.shape, filter.shape);
          const strides = [0, ...image.strides];
          reference.conv2d({ ...image, strides }, filter, geometry, expected);
          const { data, offset, dtype, strides: steps } = out.view(1);
          const found = { data, offset, dtype, strides: [0, ...steps], shape: expected.shape };
          expectClose(found, expected, { relative: 1e-12 });
        }
      }
    });
  }

  it('adds to what is there', () => {
    const [x, kernel] = [randomPlane(4, 6), randomPlane(3, 3)];
    const once = new PlaneStack(new Scratch(), 1, 2, 4);
    const twice = new PlaneStack(new Scratch(), 1, 2, 4);
    addCorrelation(x.plane(0), kernel.plane(0), once.plane(0));
    addCorrelation(x.plane(0), kernel.plane(0), twice.plane(0));
    addCorrelation(x.plane(0), kernel.plane(0), twice.plane(0));
    const sums = tensor(Float64Array.from(once.data, (value) => 2 * value));
    expectClose(tensor(twice.data), sums, { relative: 0 });
  });
});
