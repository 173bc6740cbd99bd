import { toTypedArray, type Shape, type Tensor } from '@gradus/tensor';
import { defineLaw, noTolerance, views, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { convOutputShape, type Backend } from '../../src/index';
import { reference } from '../../src/reference/index';
import { anyNumbers } from '../generators/anyNumbers';
import { convKernels, rolesOf, type ConvParts } from '../calls/convolutionCalls';
import { convolve, type ConvolutionCase } from '../calls/convolutionCases';
import { convolutions, geometryOf } from '../generators/convolutions';
import { inKebabCase } from './kebabCase';

const common = {
  source: 'the interface `Backend`',
  tolerance: noTolerance,
} as const;

/**
 * What becomes of NaN and infinities in a convolution. Engines may differ in how far these spread
 * within an image: some algorithms multiply the zeros of the padding by the filter, others mix the
 * pixels of a tile. But none may vanish, or a training run that diverges would go unnoticed.
 */
export const notFiniteLaws: readonly Law<Backend>[] = [
  ...convKernels.map((kernel) =>
    defineLaw<Backend, ConvolutionCase>({
      ...common,
      name: `engine/not-finite-${inKebabCase(kernel)}`,
      statement: `No NaN and no infinity vanishes in a ${kernel}.`,
      domain: 'float32; numbers in every argument that are not finite',
      cases: () => casesOf(withSpecials, withSpecials),
      holds(backend, drawn) {
        const expected = toTypedArray(convolve(reference, kernel, drawn));
        const found = toTypedArray(convolve(backend, kernel, drawn));
        const vanished = expected.findIndex(
          (value, i) => !Number.isFinite(value) && Number.isFinite(found[i]),
        );
        if (vanished < 0) return;
        throw new Error(
          `element ${vanished} must not be finite, as ${expected[vanished]} is not; ` +
            `received ${found[vanished]}.`,
        );
      },
    }),
  ),
  ...(['conv2d', 'conv2dInputGradient'] as const).map((kernel) =>
    defineLaw<Backend, ConvolutionCase>({
      ...common,
      name: `engine/finite-images-${inKebabCase(kernel)}`,
      statement: `What is not finite in one image stays out of the others in a ${kernel}.`,
      domain: 'float32; images with numbers that are not finite, finite filters',
      cases: () => casesOf(withSpecials, allFinite),
      holds(backend, drawn) {
        const [images] = rolesOf(kernel, drawn).inputs;
        const { batch } = drawn.geometry;
        const before = finiteImages(toTypedArray(images), batch);
        const after = finiteImages(toTypedArray(convolve(backend, kernel, drawn)), batch);
        const image = before.findIndex((finite, n) => finite && !after[n]);
        if (image >= 0) throw new Error(`the result for image ${image} must be finite.`);
      },
    }),
  ),
];

type Draw = (shape: Shape) => fc.Arbitrary<Tensor>;

const withSpecials: Draw = (shape) => anyNumbers(shape, { dtype: 'float32' });
const allFinite: Draw = (shape) => views(shape);

function casesOf(images: Draw, filters: Draw): fc.Arbitrary<ConvolutionCase> {
  return convolutions({ maxKernel: 3, maxStep: 2 }).chain((convolution) => {
    const geometry = geometryOf(convolution);
    const { x, filter } = convolution;
    const shapes: ConvParts<Shape> = { x, filter, y: convOutputShape(geometry) };
    return fc.record({
      geometry: fc.constant(geometry),
      shapes: fc.constant(shapes),
      x: images(shapes.x),
      filter: filters(shapes.filter),
      y: images(shapes.y),
    });
  });
}

/** For each image of a batch, stored one after the other, whether all its numbers are finite. */
function finiteImages(values: ArrayLike<number>, batch: number): boolean[] {
  const size = values.length / batch;
  return Array.from({ length: batch }, (_, n) =>
    Array.from({ length: size }, (_, i) => values[n * size + i]).every(Number.isFinite),
  );
}
