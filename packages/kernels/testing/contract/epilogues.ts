import { full, rowMajor, tensor, Tensor, toTypedArray, zeros, type View } from '@gradus/tensor';
import { defineLaw, expectClose, views, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import {
  convGeometry,
  convOutputShape,
  noPlace,
  pooledShape,
  poolGeometry,
  takeAtPlaces,
  type Backend,
} from '../../src/index';
import { engineTolerances } from '../calls/checkCall';
import { convolutionCases, convolve, type ConvolutionCase } from '../calls/convolutionCases';
import { convolutions } from '../generators/convolutions';
import { epilogueOf, epilogueParts, type EpilogueParts } from '../calls/epilogueCalls';
import { innerProduct } from '../laws/innerProduct';

const tolerance = { relative: engineTolerances.float64 };
const exactly = { relative: 0 };
const drawn = convolutionCases(convolutions({ maxKernel: 3, maxStep: 2 }), 'float64').chain(
  (convolution) =>
    fc.record({
      convolution: fc.constant(convolution),
      addends: views([convolution.shapes.y[3]!], { dtype: 'float64' }),
      parts: epilogueParts,
    }),
);
const common = {
  source: 'the interface `Backend`',
  domain: 'float64; every convolution, in any layout',
  tolerance: engineTolerances,
} as const;
const withPlaces = { bias: true, relu: true, maxPool: 'numbersAndPlaces' } as const;

/** What the epilogues of convolutions are, in terms of other kernels. */
export const epilogueLaws: readonly Law<Backend>[] = [
  defineLaw({
    ...common,
    name: 'engine/epilogue',
    statement: 'conv2d with an epilogue = maxPool(relu(conv2d(x, w) + b)), as far as it has parts.',
    cases: () => drawn,
    holds(backend, { convolution, addends, parts }) {
      const step = oneAfterTheOther(backend, convolution, addends, parts);
      const { result } = finished(backend, convolution, addends, parts);
      expectClose(result, step, tolerance);
    },
  }),
  defineLaw({
    ...common,
    name: 'engine/places-of-maxima',
    statement: 'The largest number of each square of pixels stands at its place.',
    cases: () => drawn,
    holds(backend, { convolution, addends }) {
      const parts = { ...withPlaces, bias: false, relu: false };
      const { result, places } = finished(backend, convolution, addends, parts);
      const there = zeros(result.shape, 'float64');
      takeAtPlaces(convolve(backend, 'conv2d', convolution), places, there);
      expectClose(there, result, tolerance);
    },
  }),
  defineLaw({
    ...common,
    name: 'engine/unpool-adjoint',
    statement: '<takeAtPlaces(v), y> = <v, unpool(y)>.',
    cases: () => drawn,
    holds(backend, { convolution, addends }) {
      const { result: numbers, places } = finished(backend, convolution, addends, withPlaces);
      const taken = zeros(numbers.shape, 'float64');
      const values = tensor(toTypedArray(convolution.y), convolution.shapes.y);
      takeAtPlaces(values, places, taken);
      const unpooled = zeros(convolution.shapes.y, 'float64');
      backend.unpool({ numbers, places }, unpooled);
      expectClose(innerProduct(values, unpooled), innerProduct(taken, numbers), tolerance);
    },
  }),
  defineLaw({
    ...common,
    name: 'engine/places-above-zero',
    statement: 'With relu, the numbers above 0 have a place, and no others do.',
    domain: 'float32 and float64; every convolution, also where a bias is NaN',
    casesPerRun: 2,
    cases: () =>
      fc.constantFrom('float32', 'float64').chain((dtype) =>
        fc.record({
          convolution: convolutionCases(convolutions({ maxKernel: 3, maxStep: 2 }), dtype),
          addend: fc.constantFrom(-1, 0, 1, NaN),
        }),
      ),
    holds(backend, { convolution, addend }) {
      const channels = convolution.shapes.y[3]!;
      const addends = full([channels], addend, convolution.x.dtype);
      const { result, places } = finished(backend, convolution, addends, withPlaces);
      places.data.forEach((place, i) => {
        const number = result.data[i]!;
        if (number > 0 !== place < noPlace || place > noPlace) {
          throw new Error(`expected a place where ${number} is above 0; received ${place}.`);
        }
      });
    },
  }),
  defineLaw({
    ...common,
    name: 'engine/first-of-equal-maxima',
    statement: 'Of equal numbers of a square the first has the place; NaN passes and has none.',
    domain: 'float32; one square of 1, 1, 1, 1 and one with NaN',
    cases: () =>
      fc.record({
        x: fc.constant(tensor(Float32Array.of(1, 1, 2, NaN, 1, 1, 3, NaN), [1, 2, 4, 1])),
        filter: fc.constant(tensor(Float32Array.of(1), [1, 1, 1, 1])),
      }),
    holds(backend, { x, filter }) {
      const convolution = { x, filter, geometry: convGeometry('conv2d', x.shape, filter.shape) };
      const parts = { ...withPlaces, bias: false };
      const { result, places } = finished(backend, convolution, x, parts);
      expectClose(result, tensor(Float32Array.of(1, NaN), [1, 1, 2, 1]), exactly);
      const [first, second] = places.data;
      if (first !== 0)
        throw new Error(`expected the first of equal numbers; received place ${first}.`);
      if (second !== noPlace) throw new Error(`expected no place for NaN; received ${second}.`);
    },
  }),
];

function finished(
  backend: Backend,
  { x, filter, geometry }: Pick<ConvolutionCase, 'x' | 'filter' | 'geometry'>,
  addends: View,
  parts: EpilogueParts,
): { readonly result: Tensor; readonly places: Tensor } {
  const y = convOutputShape(geometry);
  const shape = parts.maxPool === 'none' ? y : pooledShape(y);
  const { epilogue, places } = epilogueOf(backend, parts, { addends, shape });
  const result = zeros(shape, x.dtype);
  backend.conv2d(x, filter, geometry, result, epilogue);
  return { result, places };
}

function oneAfterTheOther(
  backend: Backend,
  drawn: ConvolutionCase,
  addends: View,
  { bias, relu, maxPool }: EpilogueParts,
): Tensor {
  let y = convolve(backend, 'conv2d', drawn);
  const like = (): Tensor => new Tensor(backend.allocate(y.dtype, y.size), rowMajor(y.shape));
  const next = (compute: (from: Tensor, to: Tensor) => void, to = like()): void => {
    compute(y, to);
    y = to;
  };
  if (bias) next((from, to) => backend.zip('add', from, addends, to));
  if (relu) next((from, to) => backend.map('relu', from, to));
  const [, height, width] = y.shape as [number, number, number, number];
  if (maxPool === 'none') return y;
  const pooled = zeros(pooledShape(y.shape), y.dtype);
  if (height < 2 || width < 2) return pooled;
  const geometry = poolGeometry('maxPool2d', y.shape, { poolSize: 2 });
  next((from, to) => backend.maxPool2d(from, geometry, to), pooled);
  return y;
}
