import { defineLaw, expectClose, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { flipped, taken, windowOf } from '../rearrange';
import { unless } from './excuses';
import type { ConvolutionImplementation } from './implementation';
import { interiorAlong, mirrored, withInterior, withoutRest } from './interior';
import {
  convolutionProblems,
  drawnConvolutions,
  numbersFor,
  type ConvolutionProblem,
  type DrawnConvolution,
} from './problems';
import { convolutionTolerance, largestSum, within } from './rounding';

/** What convolutions do to images that are moved, turned over, or put in another order. */
export const symmetryLaws: readonly Law<ConvolutionImplementation>[] = [
  defineLaw({
    name: 'convolution/shift-equivariant',
    statement: 'conv(T x, w) = T conv(x, w), where T moves an image by whole strides.',
    source: 'I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 9.2',
    domain: 'the interior, where windows see no border; all strides, dilations, paddings, groups',
    tolerance: convolutionTolerance,
    cases: (implementation) =>
      fc
        .tuple(convolutionProblems(implementation.limits), fc.nat({ max: 2 }), fc.nat({ max: 2 }))
        .chain(([problem, down, right]) => {
          const { x } = withInterior(problem, [down + 1, right + 1]);
          const { strides } = problem.settings;
          // Two images are cut from it: one at its beginning, the other so many strides further on.
          const canvas = [x[0]!, x[1]! + down * strides[0], x[2]! + right * strides[1], x[3]!];
          return fc.record({
            canvas: numbersFor(implementation, canvas),
            filter: numbersFor(implementation, problem.filter),
            settings: fc.constant(problem.settings),
            steps: fc.constant([down, right] as const),
          });
        }),
    holds(implementation, { canvas, filter, settings, steps }) {
      const [down, right] = steps;
      const by = [0, down * settings.strides[0], right * settings.strides[1], 0];
      const x = canvas.shape.map((size, axis) => size - by[axis]!);
      const still = implementation.conv2d(windowOf(canvas, [0, 0, 0, 0], x), filter, settings);
      const moved = implementation.conv2d(windowOf(canvas, by, x), filter, settings);
      const rows = interiorAlong(0, { x, filter: filter.shape, settings });
      const columns = interiorAlong(1, { x, filter: filter.shape, settings });
      const size = [x[0]!, rows.count - down, columns.count - right, filter.shape[3]!];
      const found = windowOf(moved, [0, rows.first, columns.first, 0], size);
      const expected = windowOf(still, [0, rows.first + down, columns.first + right, 0], size);
      expectClose(found, expected, within(implementation, largestSum(canvas, filter)));
    },
  }),
  defineLaw({
    name: 'convolution/flip-symmetric',
    statement: 'conv(R x, R w) = R conv(x, w), where R mirrors rows, columns or both.',
    source: 'substitute k -> K - 1 - k and i -> I - 1 - i in the definition',
    domain: 'padding mirrored too; the windows reach the last pixel, as they do at stride 1',
    tolerance: convolutionTolerance,
    excuse: unless({ paddings: ['explicit', 'valid'] }),
    cases: (implementation) => {
      const domain = { paddings: ['explicit', 'valid'] } as const;
      const problems = convolutionProblems(implementation.limits, domain).map(withoutRest);
      return fc
        .tuple(drawnConvolutions(implementation, problems), fc.constantFrom([1], [2], [1, 2]))
        .map(([drawn, axes]) => ({ ...drawn, axes }));
    },
    holds(implementation, { x, filter, settings, axes }) {
      const padding = mirrored(settings.padding, axes);
      // The axes of rows and columns are 1 and 2 in images, 0 and 1 in filters.
      const turned = flipped(
        filter,
        axes.map((axis) => axis - 1),
      );
      const found = implementation.conv2d(flipped(x, axes), turned, { ...settings, padding });
      const expected = flipped(implementation.conv2d(x, filter, settings), axes);
      expectClose(found, expected, within(implementation, largestSum(x, filter)));
    },
  }),
  defineLaw({
    name: 'convolution/batch-equivariant',
    statement: 'conv(P x, w) = P conv(x, w), where P puts the images of a batch in another order.',
    source: 'the definition has no sum over n',
    domain: 'everywhere',
    tolerance: convolutionTolerance,
    cases: (implementation) => withOrder(implementation, ({ x }) => x[0]!, { minBatch: 2 }),
    holds(implementation, { x, filter, settings, order }) {
      const found = implementation.conv2d(taken(x, 0, order), filter, settings);
      const expected = taken(implementation.conv2d(x, filter, settings), 0, order);
      expectClose(found, expected, within(implementation, largestSum(x, filter)));
    },
  }),
  defineLaw({
    name: 'convolution/images-independent',
    statement: 'conv(x, w)[n] = conv(x[n], w).',
    source: 'the definition has no sum over n',
    domain: 'everywhere',
    tolerance: convolutionTolerance,
    cases: (implementation) =>
      drawnConvolutions(implementation, convolutionProblems(implementation.limits)),
    holds(implementation, { x, filter, settings }) {
      const whole = implementation.conv2d(x, filter, settings);
      for (let n = 0; n < x.shape[0]!; n++) {
        const alone = implementation.conv2d(taken(x, 0, [n]), filter, settings);
        const scale = largestSum(x, filter);
        expectClose(alone, taken(whole, 0, [n]), within(implementation, scale));
      }
    },
  }),
  defineLaw({
    name: 'convolution/channel-invariant',
    statement: 'conv(P x, P w) = conv(x, w), where P puts the channels in another order.',
    source: 'the definition is a sum over c, in whatever order',
    domain: 'everywhere; with groups, within each group',
    tolerance: convolutionTolerance,
    cases: (implementation) => withOrder(implementation, ({ filter }) => filter[2]!),
    holds(implementation, { x, filter, settings, order }) {
      const channels = inEachGroup(order, settings.groups);
      const found = implementation.conv2d(taken(x, 3, channels), taken(filter, 2, order), settings);
      const expected = implementation.conv2d(x, filter, settings);
      expectClose(found, expected, within(implementation, largestSum(x, filter)));
    },
  }),
  defineLaw({
    name: 'convolution/filter-equivariant',
    statement: 'conv(x, w P) = conv(x, w) P, where P puts the filters in another order.',
    source: 'the definition has no sum over f',
    domain: 'everywhere; with groups, within each group',
    tolerance: convolutionTolerance,
    cases: (implementation) =>
      withOrder(implementation, ({ filter, settings }) => filter[3]! / settings.groups),
    holds(implementation, { x, filter, settings, order }) {
      const filters = inEachGroup(order, settings.groups);
      const found = implementation.conv2d(x, taken(filter, 3, filters), settings);
      const expected = taken(implementation.conv2d(x, filter, settings), 3, filters);
      expectClose(found, expected, within(implementation, largestSum(x, filter)));
    },
  }),
];

/** Convolutions, and an order of so many entries; it shrinks towards the one that they have. */
function withOrder(
  implementation: ConvolutionImplementation,
  count: (problem: ConvolutionProblem) => number,
  domain: { readonly minBatch?: number } = {},
): fc.Arbitrary<DrawnConvolution & { readonly order: readonly number[] }> {
  const problems = convolutionProblems(implementation.limits, domain);
  const keys = fc.array(fc.nat({ max: 9 }), { minLength: 9, maxLength: 9 });
  return fc.tuple(problems, keys).chain(([problem, keyOf]) => {
    const order = Array.from({ length: count(problem) }, (_, i) => i);
    order.sort((a, b) => keyOf[a]! - keyOf[b]!);
    return drawnConvolutions(implementation, fc.constant(problem)).map((drawn) => ({
      ...drawn,
      order,
    }));
  });
}

function inEachGroup(order: readonly number[], groups: number): number[] {
  return Array.from({ length: groups }, (_, g) => order.map((i) => g * order.length + i)).flat();
}
