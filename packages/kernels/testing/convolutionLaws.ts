import { tensor, toTypedArray, zeros, type View } from '@gradus/tensor';
import { expectClose, floats } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { engineTolerances } from './checkCall';
import { convKernels, rolesOf, type ConvKernel } from './convolutionCalls';
import { convolutionCases, convolve, convTensors } from './convolutionCases';
import { convolutions } from './convolutions';
import { innerProduct } from './innerProduct';
import { forAll, type Law } from './law';

// The numbers drawn are multiples of 1/64, so that sums of products of three are still exact.
const tolerance = { relative: engineTolerances.float64 };
const cases = convolutionCases(convolutions({ maxKernel: 3, maxStep: 2 }), 'float64');

/** The algebra of convolutions. */
export const convolutionLaws: readonly Law[] = [
  ...convKernels.map(linearity),
  {
    title:
      'makes the gradients of a convolution adjoint to it: <conv(x, f), dy> = <x, dx> = <f, df>',
    check(backend, options = {}) {
      forAll(cases, options, (drawn) => {
        const [y, dx, df] = convKernels.map((kernel) => convolve(backend, kernel, drawn));
        const form = innerProduct(y!, drawn.y);
        expectClose(innerProduct(drawn.x, dx!), form, tolerance);
        expectClose(innerProduct(drawn.filter, df!), form, tolerance);
      });
    },
  },
  {
    title: 'convolves with a 1x1 filter as it multiplies pixels by a matrix',
    check(backend, options = {}) {
      const ofOnePixel = convolutions({ maxKernel: 1, maxStep: 1 }).map(({ x, filter }) => ({
        x,
        filter: [1, 1, x[3]!, filter[3]!],
        options: { strides: 1, dilations: 1, padding: 0, groups: 1 },
      }));
      forAll(convolutionCases(ofOnePixel, 'float64'), options, (drawn) => {
        const { x, filter, y } = drawn.shapes;
        const product = zeros([x[0]! * x[1]! * x[2]!, y[3]!], 'float64');
        const pixels = reshaped(drawn.x, [product.shape[0]!, x[3]!]);
        backend.matMul(pixels, reshaped(drawn.filter, filter.slice(2)), product);
        expectClose(reshaped(product, y), convolve(backend, 'conv2d', drawn), tolerance);
      });
    },
  },
];

function linearity(kernel: ConvKernel): Law {
  const pairs = cases.chain((drawn) =>
    fc.tuple(fc.constant(drawn), convTensors(drawn.shapes, 'float64'), floats()),
  );
  return {
    title: `computes a ${kernel} that is linear in each argument`,
    check(backend, options = {}) {
      forAll(pairs, options, ([drawn, other, factor]) => {
        const first = convolve(backend, kernel, drawn);
        const names = rolesOf(kernel, { x: 'x', filter: 'filter', y: 'y' } as const).inputs;
        for (const name of names) {
          const second = convolve(backend, kernel, { ...drawn, [name]: other[name] });
          const sum = { ...drawn, [name]: combined(factor, drawn[name], other[name]) };
          const expected = combined(factor, first, second);
          expectClose(convolve(backend, kernel, sum), expected, tolerance);
        }
      });
    },
  };
}

/** factor * a + b. */
function combined(factor: number, a: View, b: View): View {
  const [first, second] = [toTypedArray(a), toTypedArray(b)];
  return tensor(
    Float64Array.from(first, (value, i) => factor * value + second[i]!),
    a.shape,
  );
}

/** The same elements in another shape, row by row. */
function reshaped(view: View, shape: readonly number[]): View {
  return tensor(toTypedArray(view), shape);
}
