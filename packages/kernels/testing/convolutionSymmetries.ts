import { sliceLayout, windowOn, zeros, type Shape, type View } from '@gradus/tensor';
import { expectClose, positionsOf } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { convGeometry, convOutputShape } from '../src/index';
import type { Backend, ConvGeometry, ConvOptions } from '../src/index';
import { engineTolerances } from './checkCall';
import { convKernels, type ConvKernel } from './convolutionCalls';
import { convolutionCases, convolve, type ConvolutionCase } from './convolutionCases';
import { convolutions } from './convolutions';
import { forAll, type Law } from './law';

// Sums of products of multiples of 1/64 are exact, in whatever order they are summed.
const tolerance = { relative: engineTolerances.float64 };
const cases = convolutionCases(convolutions({ maxKernel: 3, maxStep: 2 }), 'float64');

/** What convolutions do to images that are moved, framed, or taken apart. */
export const convolutionSymmetries: readonly Law[] = [
  {
    title: 'moves the result of a convolution with the image',
    check(backend, options = {}) {
      const step = fc.nat({ max: 2 });
      forAll(fc.tuple(cases, step, step), options, ([drawn, down, right]) => {
        const { strides } = drawn.geometry;
        const by = [0, down * strides.vertical, right * strides.horizontal, 0];
        const shape = drawn.x.shape.map((size, axis) => size + by[axis]!);
        const still = convolved(backend, drawn, embedded(drawn.x, shape, [0, 0, 0, 0]));
        const moved = convolved(backend, drawn, embedded(drawn.x, shape, by));
        const steps = [0, down, right, 0];
        const common = still.shape.map((size, axis) => size - steps[axis]!);
        const found = part(moved, steps, common);
        expectClose(found, part(still, [0, 0, 0, 0], common), tolerance);
      });
    },
  },
  {
    title: 'pads images with zeros',
    check(backend, options = {}) {
      forAll(cases, options, (drawn) => {
        const { top, bottom, left, right } = drawn.geometry.padding;
        const frame = [0, top + bottom, left + right, 0];
        const shape = drawn.x.shape.map((size, axis) => size + frame[axis]!);
        const framed = embedded(drawn.x, shape, [0, top, left, 0]);
        const found = convolved(backend, drawn, framed, { padding: 'valid' });
        expectClose(found, convolve(backend, 'conv2d', drawn), tolerance);
      });
    },
  },
  {
    title: 'convolves each image apart from the others',
    check(backend, options = {}) {
      forAll(cases, options, (drawn) => {
        const whole = wholeOf(backend, drawn);
        for (let n = 0; n < drawn.geometry.batch; n++) {
          const geometry = { ...drawn.geometry, batch: 1 };
          const image = (view: View): View => part(view, [n, 0, 0, 0], [1, ...view.shape.slice(1)]);
          const alone = { geometry, x: image(drawn.x), filter: drawn.filter, y: image(drawn.y) };
          for (const kernel of ['conv2d', 'conv2dInputGradient'] as const) {
            expectClose(convolve(backend, kernel, alone), image(whole[kernel]), tolerance);
          }
        }
      });
    },
  },
  {
    title: 'convolves each group of channels apart from the others',
    check(backend, options = {}) {
      forAll(cases, options, (drawn) => {
        const whole = wholeOf(backend, drawn);
        for (let group = 0; group < drawn.geometry.groups; group++) {
          const geometry = geometryOfGroup(drawn.geometry);
          const channels = (view: View): View => {
            const size = view.shape[3]! / drawn.geometry.groups;
            return part(view, [0, 0, 0, group * size], [...view.shape.slice(0, 3), size]);
          };
          const { x, filter, y } = drawn;
          const alone = { geometry, x: channels(x), filter: channels(filter), y: channels(y) };
          for (const kernel of convKernels) {
            expectClose(convolve(backend, kernel, alone), channels(whole[kernel]), tolerance);
          }
        }
      });
    },
  },
];

function wholeOf(backend: Backend, drawn: ConvolutionCase): Record<ConvKernel, View> {
  return {
    conv2d: convolve(backend, 'conv2d', drawn),
    conv2dInputGradient: convolve(backend, 'conv2dInputGradient', drawn),
    conv2dFilterGradient: convolve(backend, 'conv2dFilterGradient', drawn),
  };
}

/** Another image convolved as the drawn one is, or with other padding. */
function convolved(
  backend: Backend,
  { geometry, filter }: ConvolutionCase,
  x: View,
  options: Pick<ConvOptions, 'padding'> = {},
): View {
  const { strides, dilations, padding, groups } = geometry;
  const { top, bottom, left, right } = padding;
  const own = convGeometry('conv2d', x.shape, filter.shape, {
    strides: [strides.vertical, strides.horizontal],
    dilations: [dilations.vertical, dilations.horizontal],
    padding: [
      [top, bottom],
      [left, right],
    ],
    groups,
    ...options,
  });
  const y = zeros(convOutputShape(own), 'float64');
  return convolve(backend, 'conv2d', { geometry: own, x, filter, y });
}

function geometryOfGroup({ input, output, groups, ...rest }: ConvGeometry): ConvGeometry {
  return {
    ...rest,
    input: { ...input, channels: input.channels / groups },
    output: { ...output, channels: output.channels / groups },
    groups: 1,
  };
}

/** A view placed within zeros. */
function embedded(view: View, shape: Shape, begin: readonly number[]): View {
  const whole = zeros(shape, 'float64');
  const places = positionsOf(part(whole, begin, view.shape));
  positionsOf(view).forEach((from, n) => (whole.data[places[n]!] = view.data[from]!));
  return whole;
}

function part(view: View, begin: readonly number[], size: Shape): View {
  return windowOn(view, sliceLayout(view, { begin, size, step: size.map(() => 1) }));
}
