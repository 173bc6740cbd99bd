import { fill, sizeOf, type Tensor } from '@gradus/tensor';
import {
  defineLaw,
  expectClose,
  indexOfNth,
  noTolerance,
  rearranged,
  usualTolerance,
  type Law,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import { innerProduct } from '../innerProduct';
import { images, imagesWithTies, poolingProblems, type PoolingCase } from './cases';
import { either, without, withoutGradient } from './excuses';
import type { PoolingImplementation } from './implementation';
import { pooledShape, windowAt } from './windows';

type PoolingLaw = Law<PoolingImplementation>;

/** What goes back through pooling. */
export const gradientLaws: readonly PoolingLaw[] = [
  defineLaw<PoolingImplementation, SlopeCase>({
    name: 'pooling/max-gradient-keeps-sum',
    statement: 'The sum of dx is that of dy, in each channel of each image.',
    source: 'Each window hands its whole dy on to one of its pixels.',
    domain: 'All paddings, border included, ties; float32 and float64.',
    tolerance: usualTolerance,
    excuse: withoutGradient('max'),
    cases: slopeCases,
    holds({ maxPool2dInputGradient, dtype }, { x, dy, settings }) {
      const dx = maxPool2dInputGradient!(dy, x, settings);
      expectClose(sumOfPlanes(dx), sumOfPlanes(dy), {
        relative: usualTolerance[dtype],
        scale: 4 * dy.size,
      });
    },
  }),
  defineLaw<PoolingImplementation, PoolingCase & { window: readonly number[] }>({
    name: 'pooling/max-gradient-to-one-argument',
    statement: 'If dy is 1 for one window and else 0, dx is 1 at one of its maxima and else 0.',
    source: 'The gradient of a maximum is that of the number chosen, ties or not.',
    domain: 'All paddings, border included, ties; float32 and float64.',
    tolerance: noTolerance,
    excuse: withoutGradient('max'),
    cases: windowCases,
    holds({ maxPool2dInputGradient }, { x, window, settings }) {
      const shape = pooledShape(x.shape, settings);
      const dy = fill(shape, (n) => Number(sameIndex(indexOfNth(shape, n), window)), x.dtype);
      const dx = maxPool2dInputGradient!(dy, x, settings);
      const places = windowAt(x.shape, settings, window);
      const largest = Math.max(...places.map((place) => x.at(...place)));
      const maxima = places.filter((place) => x.at(...place) === largest);
      const chosen = maxima.filter((place) => dx.at(...place) === 1);
      const other = [...dx.toTypedArray()].filter((value) => value !== 0).length;
      if (chosen.length === 1 && other === 1) return;
      throw new Error(
        `expected 1 at one of ${JSON.stringify(maxima)}, and 0 elsewhere; received ${dx.toString()}.`,
      );
    },
  }),
  defineLaw<PoolingImplementation, SlopeCase>({
    name: 'pooling/max-euler',
    statement: '<maxPool(x), dy> = <x, dx>.',
    source: "Euler's theorem: max pooling is homogeneous of degree 1, s maxPool(x) = maxPool(s x).",
    domain: 'All paddings, border included, ties; float32 and float64.',
    tolerance: usualTolerance,
    excuse: either(without('max'), withoutGradient('max')),
    cases: slopeCases,
    holds({ maxPool2d, maxPool2dInputGradient, dtype }, { x, dy, settings }) {
      const dx = maxPool2dInputGradient!(dy, x, settings);
      expectClose(innerProduct(x, dx), innerProduct(maxPool2d!(x, settings), dy), {
        relative: usualTolerance[dtype],
        scale: 16 * dy.size,
      });
    },
  }),
  defineLaw<PoolingImplementation, SlopeCase & { values: Tensor }>({
    name: 'pooling/max-trilinear-form',
    statement: '<v at the maxima of x, dy> = <v, dx>, for all v and dy.',
    source: 'With x fixed both choose the same pixels: each is the transpose of the other.',
    domain: 'All paddings, border included, ties; float32 and float64.',
    tolerance: usualTolerance,
    excuse: either(withoutGradient('max'), withoutChoice),
    cases: (subject) =>
      slopeCases(subject).chain((drawn) =>
        images(subject, drawn.x.shape).map((values) => ({ ...drawn, values })),
      ),
    holds({ takeAtMaxima, maxPool2dInputGradient, dtype }, { x, values, dy, settings }) {
      const taken = takeAtMaxima!(values, x, settings);
      const dx = maxPool2dInputGradient!(dy, x, settings);
      expectClose(innerProduct(values, dx), innerProduct(taken, dy), {
        relative: usualTolerance[dtype],
        scale: 16 * dy.size,
      });
    },
  }),
  defineLaw<PoolingImplementation, SlopeCase>({
    name: 'pooling/max-takes-itself',
    statement: 'x at the maxima of x = maxPool(x).',
    source: 'The definition of both.',
    domain: 'All paddings, border included, ties; float32 and float64.',
    tolerance: noTolerance,
    excuse: either(without('max'), withoutChoice),
    cases: slopeCases,
    holds({ takeAtMaxima, maxPool2d }, { x, settings }) {
      expectClose(takeAtMaxima!(x, x, settings), maxPool2d!(x, settings), { relative: 0 });
    },
  }),
  defineLaw<PoolingImplementation, SlopeCase>({
    name: 'pooling/average-adjoint',
    statement: '<averagePool(x), dy> = <x, dx>.',
    source: 'Averaging is linear in x, and its gradient the transpose.',
    domain: 'All paddings, border included; float32 and float64.',
    tolerance: usualTolerance,
    excuse: either(without('average'), withoutGradient('average')),
    cases: slopeCases,
    holds({ averagePool2d, averagePool2dInputGradient, dtype }, { x, dy, settings }) {
      const dx = averagePool2dInputGradient!(dy, settings, x.shape);
      expectClose(innerProduct(x, dx), innerProduct(averagePool2d!(x, settings), dy), {
        relative: usualTolerance[dtype],
        scale: 16 * dy.size,
      });
    },
  }),
];

/** A pooling, images, and slopes of what they are pooled to. */
interface SlopeCase extends PoolingCase {
  readonly dy: Tensor;
}

function slopeCases(subject: PoolingImplementation): fc.Arbitrary<SlopeCase> {
  return poolingProblems(subject).chain(({ settings, shape }) =>
    fc.record({
      settings: fc.constant(settings),
      x: imagesWithTies(subject, shape),
      dy: images(subject, pooledShape(shape, settings)),
    }),
  );
}

/** A pooling, images, and the place of one of the windows in the result. */
function windowCases(
  subject: PoolingImplementation,
): fc.Arbitrary<PoolingCase & { window: readonly number[] }> {
  return poolingProblems(subject).chain(({ settings, shape }) => {
    const pooled = pooledShape(shape, settings);
    return fc.record({
      settings: fc.constant(settings),
      x: imagesWithTies(subject, shape),
      window: fc.nat({ max: sizeOf(pooled) - 1 }).map((n) => indexOfNth(pooled, n)),
    });
  });
}

function withoutChoice({ takeAtMaxima }: PoolingImplementation): string | undefined {
  return takeAtMaxima === undefined ? 'it does not take numbers at maxima' : undefined;
}

/** For each channel of each image its sum over the pixels, in float64. */
function sumOfPlanes(x: Tensor): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const pixels = rearranged(x, [batch, channels, height * width], ([n, c, pixel]) => [
    n!,
    Math.floor(pixel! / width),
    pixel! % width,
    c!,
  ]);
  const size = height * width;
  const values = Array.from(pixels.toTypedArray());
  const sumFrom = (first: number): number =>
    values.slice(first, first + size).reduce((sum, value) => sum + value, 0);
  return fill([batch, channels], (n) => sumFrom(n * size), 'float64');
}

function sameIndex(a: readonly number[], b: readonly number[]): boolean {
  return a.every((i, axis) => i === b[axis]);
}
