import { fill, full, type Tensor } from '@gradus/tensor';
import {
  combined,
  defineLaw,
  expectClose,
  floats,
  mapped,
  usualTolerance,
  type Law,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import { reference } from '../../../src/reference/index';
import { convolutionOf, type ConvolutionSettings } from '../convolution/implementation';
import { images, poolingCases, poolingProblems } from './cases';
import { either, poolingKinds, poolOf, without } from './excuses';
import type { PoolingImplementation, PoolingSettings } from './implementation';

/** The largest magnitude that is drawn: sums of such numbers may cancel. */
const scale = 4;

/** The algebra of the mean. */
export const averageLaws: readonly Law<PoolingImplementation>[] = [
  defineLaw({
    name: 'pooling/max-dominates-average',
    statement: '-maxPool(-x) <= averagePool(x) <= maxPool(x), number by number.',
    source: 'A mean lies between the smallest and the largest number.',
    domain: 'All paddings, none if averages count it; float32 and float64.',
    tolerance: usualTolerance,
    excuse: either(without('max'), without('average'), withoutPlainImages),
    cases: (subject) =>
      poolingCases(subject, subject.countsPadding ? { paddings: ['valid'] } : undefined),
    holds({ maxPool2d, averagePool2d, dtype }, { x, settings }) {
      const rounding = usualTolerance[dtype] * scale;
      const mean = averagePool2d!(x, settings);
      const least = maxPool2d!(
        mapped(x, (value) => -value),
        settings,
      ).toTypedArray();
      const most = maxPool2d!(x, settings).toTypedArray();
      mean.toTypedArray().forEach((value, n) => {
        if (value <= most[n]! + rounding && value >= -least[n]! - rounding) return;
        throw new Error(
          `the mean ${value} at ${n}, row by row, is not from ${-least[n]!} to ${most[n]}.`,
        );
      });
    },
  }),
  defineLaw({
    name: 'pooling/average-linear',
    statement: 'averagePool(a x + y) = a averagePool(x) + averagePool(y).',
    source: 'A mean is a sum of its numbers, all with the same weight.',
    domain: 'All paddings, border included; float32 and float64.',
    tolerance: usualTolerance,
    excuse: without('average'),
    cases: (subject) =>
      poolingProblems(subject).chain(({ settings, shape }) =>
        fc.record({
          settings: fc.constant(settings),
          factor: floats(),
          x: images(subject, shape),
          y: images(subject, shape),
        }),
      ),
    holds({ averagePool2d, dtype }, { x, y, factor, settings }) {
      const sum = (a: number, b: number): number => factor * a + b;
      const [first, second] = [averagePool2d!(x, settings), averagePool2d!(y, settings)];
      expectClose(averagePool2d!(combined(x, y, sum), settings), combined(first, second, sum), {
        relative: usualTolerance[dtype],
        scale: scale * (1 + Math.abs(factor)),
      });
    },
  }),
  defineLaw({
    name: 'pooling/average-is-uniform-convolution',
    statement:
      'averagePool(x) = conv2d(x, k), each channel by itself, with k = 1 / (height width).',
    source: 'Both are the sum of the window over its number of pixels.',
    domain: 'Where no padding is touched: none; float32 and float64.',
    tolerance: usualTolerance,
    excuse: without('average', 'valid'),
    cases: (subject) => poolingCases(subject, { paddings: ['valid'] }),
    holds(subject, { x, settings }) {
      const relative = usualTolerance[subject.dtype];
      const expected = uniformConvolution(subject, x, settings);
      expectClose(subject.averagePool2d!(x, settings), expected, { relative, scale });
    },
  }),
  ...poolingKinds.map((kind) =>
    defineLaw<PoolingImplementation, { settings: PoolingSettings; x: Tensor }>({
      name: `pooling/${kind}-of-constant`,
      statement: `${kind}Pool(c) = c, the same number everywhere.`,
      source: `The ${kind === 'max' ? 'maximum' : 'mean'} of equal numbers is that number.`,
      domain: 'All paddings, border included, none if averages count it; float32 and float64.',
      tolerance: usualTolerance,
      excuse: kind === 'max' ? without(kind) : either(without(kind), withoutPlainImages),
      cases: (subject) =>
        fc
          .record({
            value: floats(),
            problem: poolingProblems(
              subject,
              kind === 'average' && subject.countsPadding ? { paddings: ['valid'] } : undefined,
            ),
          })
          .map(({ value, problem: { settings, shape } }) => ({
            settings,
            x: full(shape, value, subject.dtype),
          })),
      holds(subject, { x, settings }) {
        const y = poolOf(subject, kind)(x, settings);
        const value = x.data[0]!;
        const relative = usualTolerance[subject.dtype];
        expectClose(y, full(y.shape, value, 'float64'), { relative });
      },
    }),
  ),
];

function withoutPlainImages(subject: PoolingImplementation): string | undefined {
  return subject.countsPadding ? without('average', 'valid')(subject) : undefined;
}

function uniformConvolution(
  { conv2d, dtype }: PoolingImplementation,
  x: Tensor,
  { poolSize: [height, width], strides, padding }: PoolingSettings,
): Tensor {
  const channels = x.shape[3]!;
  const filter = fill([height, width, 1, channels], () => 1 / (height * width), dtype);
  const walk: ConvolutionSettings = { strides, padding, dilations: [1, 1], groups: channels };
  return conv2d?.(x, filter, walk) ?? convolutionOf(reference, dtype).conv2d(x, filter, walk);
}
