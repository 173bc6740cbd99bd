import { rowMajor, tensor, Tensor, toTypedArray, zeros, type View } from '@gradus/tensor';
import { expectClose, views } from '@gradus/tensor/testing';
import fc from 'fast-check';
import {
  convGeometry,
  convOutputShape,
  noPlace,
  pooledShape,
  poolGeometry,
  takeAtPlaces,
  type Backend,
} from '../src/index';
import { engineTolerances } from './checkCall';
import { convolutionCases, convolve, type ConvolutionCase } from './convolutionCases';
import { convolutions } from './convolutions';
import { epilogueOf, epilogueParts, type EpilogueParts } from './epilogueCalls';
import { innerProduct } from './innerProduct';
import { forAll, type Law } from './law';

const tolerance = { relative: engineTolerances.float64 };
const exactly = { relative: 0 };
const cases = convolutionCases(convolutions({ maxKernel: 3, maxStep: 2 }), 'float64').chain(
  (drawn) =>
    fc.record({
      drawn: fc.constant(drawn),
      addends: views([drawn.shapes.y[3]!], { dtype: 'float64' }),
      parts: epilogueParts,
    }),
);

/** What the epilogues of convolutions are, in terms of other kernels. */
export const epilogueLaws: readonly Law[] = [
  {
    title: 'applies an epilogue as it adds, takes relu and pools one after the other',
    check(backend, options = {}) {
      forAll(cases, options, ({ drawn, addends, parts }) => {
        const step = oneAfterTheOther(backend, drawn, addends, parts);
        const { result } = finished(backend, drawn, addends, parts);
        expectClose(result, step, tolerance);
      });
    },
  },
  {
    title: 'finds the largest of each square of pixels at its place',
    check(backend, options = {}) {
      forAll(cases, options, ({ drawn, addends }) => {
        const parts: EpilogueParts = { bias: false, relu: false, maxPool: 'numbersAndPlaces' };
        const { result, places } = finished(backend, drawn, addends, parts);
        const there = zeros(result.shape, 'float64');
        takeAtPlaces(convolve(backend, 'conv2d', drawn), places, there);
        expectClose(there, result, tolerance);
      });
    },
  },
  {
    title: 'makes `unpool` adjoint to taking numbers at places: <take(v), dy> = <v, unpool(dy)>',
    check(backend, options = {}) {
      forAll(cases, options, ({ drawn, addends }) => {
        const parts: EpilogueParts = { bias: true, relu: true, maxPool: 'numbersAndPlaces' };
        const { result: numbers, places } = finished(backend, drawn, addends, parts);
        const taken = zeros(numbers.shape, 'float64');
        const values = tensor(toTypedArray(drawn.y), drawn.shapes.y);
        takeAtPlaces(values, places, taken);
        const unpooled = zeros(drawn.shapes.y, 'float64');
        backend.unpool({ numbers, places }, unpooled);
        expectClose(innerProduct(values, unpooled), innerProduct(taken, numbers), tolerance);
      });
    },
  },
  {
    title: 'gives a place, with relu, to the numbers above 0 and to no others',
    check(backend, options = {}) {
      for (const dtype of ['float32', 'float64'] as const) {
        const some = convolutionCases(convolutions({ maxKernel: 3, maxStep: 2 }), dtype);
        const withNaN = fc.tuple(some, fc.constantFrom(-1, 0, 1, NaN));
        forAll(withNaN, options, ([drawn, addend]) => {
          const channels = drawn.shapes.y[3]!;
          const addends = tensor(Array(channels).fill(addend), [channels], dtype);
          const parts: EpilogueParts = { bias: true, relu: true, maxPool: 'numbersAndPlaces' };
          const { result, places } = finished(backend, drawn, addends, parts);
          places.data.forEach((place, i) => {
            const number = result.data[i]!;
            if (number > 0 !== place < noPlace || place > noPlace) {
              throw new Error(`expected a place where ${number} is above 0; received ${place}.`);
            }
          });
        });
      }
    },
  },
  {
    title: 'takes the first of equal numbers of a square, and passes NaN on',
    check(backend) {
      const rows = [1, 1, 2, NaN, 1, 1, 3, NaN];
      const x = tensor(Float32Array.from(rows), [1, 2, 4, 1]);
      const filter = tensor(Float32Array.of(1), [1, 1, 1, 1]);
      const drawn = { x, filter, geometry: convGeometry('conv2d', x.shape, filter.shape) };
      const parts: EpilogueParts = { bias: false, relu: true, maxPool: 'numbersAndPlaces' };
      const { result, places } = finished(backend, drawn, x, parts);
      expectClose(result, tensor(Float32Array.of(1, NaN), [1, 1, 2, 1]), exactly);
      const [first, second] = places.data;
      if (first !== 0)
        throw new Error(`expected the first of equal numbers; received place ${first}.`);
      if (second !== noPlace) throw new Error(`expected no place for NaN; received ${second}.`);
    },
  },
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
