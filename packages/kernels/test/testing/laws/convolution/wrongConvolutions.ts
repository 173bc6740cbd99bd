import { zeros, type Tensor } from '@gradus/tensor';
import { indexOfNth, mapped } from '@gradus/tensor/testing';
import { loops } from '../../../../src/index';
import {
  convolutionOf,
  resultShape,
  type ConvolutionImplementation,
  type ConvolutionSettings,
} from '../../../../testing/index';
import {
  flipped,
  framed,
  spread,
  subsampled,
  taken,
  windowOf,
} from '../../../../testing/laws/rearrange';
import { paddingAround } from '../../../../testing/laws/convolution/definition';

/** What every wrong implementation begins with. */
export const right: ConvolutionImplementation = {
  ...convolutionOf(loops, 'float64'),
  name: 'a wrong one',
  views: false,
};

const { conv2d } = right;
const inputGradient = right.inputGradient!;
const filterGradient = right.filterGradient!;

/** What is wrong, the wrong parts, and the law that must catch it. */
export type WrongConvolution = readonly [
  what: string,
  wrong: Partial<ConvolutionImplementation>,
  law: string,
];

/** A mistake of each kind; at least one for each law. */
export const wrongConvolutions: readonly WrongConvolution[] = [
  ['changes the image', { conv2d: changesImage }, 'convolution/pure'],
  ['counts its calls', { conv2d: countsCalls() }, 'convolution/pure'],
  ['turns the filter round', { conv2d: turnsFilter }, 'convolution/definition'],
  ['keeps three digits', { conv2d: keepsThreeDigits }, 'convolution/definition'],
  ['exchanges height and width of the filter', { conv2d: transposes }, 'convolution/im2col'],
  ['leaves out the last odd row of tiles', { conv2d: forgetsOddRow }, 'convolution/winograd'],
  ['wraps around at the border', { conv2d: wrapsAround }, 'convolution/fft'],
  ['adds a bias', { conv2d: addsBias }, 'convolution/bilinear'],
  ['takes relu of the result', { conv2d: takesRelu }, 'convolution/bilinear'],
  ['is a pixel off', { conv2d: isPixelOff }, 'convolution/delta-is-identity'],
  ['reads four channels', { conv2d: readsFour }, 'convolution/pointwise-is-matrix-product'],
  ['ignores groups', { conv2d: ignoresGroups }, 'convolution/separable-is-composed'],
  ['exchanges the strides', { conv2d: exchangesStrides }, 'convolution/columns-then-rows'],
  ['divides by the taps', { conv2d: takesMean }, 'convolution/composition'],
  ['starts in the middle of a stride', { conv2d: startsLate }, 'convolution/strides-subsample'],
  ['dilates rows as columns', { conv2d: dilatesAlike }, 'convolution/dilation-spreads'],
  ['deals filters to groups in turn', { conv2d: dealsFilters }, 'convolution/groups-split'],
  ['repeats the border', { conv2d: repeatsBorder }, 'convolution/padding-is-zeros'],
  ['puts the odd pixel first', { conv2d: oddPixelFirst }, 'convolution/same-padding'],
  ['weighs rows', { conv2d: weighsRows }, 'convolution/shift-equivariant'],
  ['leaves out the last column of taps', { conv2d: forgetsColumn }, 'convolution/flip-symmetric'],
  ['weighs images', { conv2d: weighsImages }, 'convolution/batch-equivariant'],
  ['reads on in the next image', { conv2d: readsOn }, 'convolution/images-independent'],
  ['weighs channels', { conv2d: weighsChannels }, 'convolution/channel-invariant'],
  ['weighs filters', { conv2d: weighsFilters }, 'convolution/filter-equivariant'],
  [
    'does not turn the filter in the input gradient',
    { inputGradient: (dy, filter, ...rest) => inputGradient(dy, flipped(filter, [0, 1]), ...rest) },
    'convolution/input-gradient-is-adjoint',
  ],
  [
    'gives the input gradient of the image with its padding',
    { inputGradient: keepsPadding },
    'convolution/input-gradient-is-adjoint',
  ],
  [
    'sums the filter gradient over one image',
    { filterGradient: ofFirstImage },
    'convolution/filter-gradient-is-adjoint',
  ],
  [
    'gives the mean over the batch as filter gradient',
    {
      filterGradient: (dy, x, ...rest) =>
        mapped(filterGradient(dy, x, ...rest), (value) => value / x.shape[0]!),
    },
    'convolution/filter-gradient-is-adjoint',
  ],
];

type Conv2d = Parameters<ConvolutionImplementation['conv2d']>;

function changesImage(...[x, filter, settings]: Conv2d): Tensor {
  const y = conv2d(x, filter, settings);
  x.data[x.data.length - 1]! += 1;
  return y;
}

function countsCalls(): ConvolutionImplementation['conv2d'] {
  let calls = 0;
  return (...given) => mapped(conv2d(...given), (value) => value + 1e-9 * calls++);
}

function turnsFilter(...[x, filter, settings]: Conv2d): Tensor {
  return conv2d(x, flipped(filter, [0, 1]), settings);
}

function keepsThreeDigits(...given: Conv2d): Tensor {
  return mapped(conv2d(...given), (value) => Number(value.toPrecision(3)));
}

function transposes(...[x, filter, settings]: Conv2d): Tensor {
  const [height, width, channels, filters] = filter.shape as [number, number, number, number];
  const numbers = filter.toTypedArray();
  const across = mapped(filter, (_, n) => {
    const [k, l, c, f] = indexOfNth(filter.shape, n) as [number, number, number, number];
    return numbers[(((l * height + k) % (height * width)) * channels + c) * filters + f]!;
  });
  return conv2d(x, across, settings);
}

function forgetsOddRow(...given: Conv2d): Tensor {
  const y = conv2d(...given);
  const rows = y.shape[1]!;
  return byIndex(y, (value, [, i]) => (rows % 2 === 1 && i === rows - 1 ? 0 : value));
}

function wrapsAround(...[x, filter, settings]: Conv2d): Tensor {
  const [[top, bottom], [left, right]] = paddingAround(x.shape, filter.shape, settings);
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const around = zeros([batch, top + height + bottom, left + width + right, channels], 'float64');
  const wrapped = byIndex(around, (_, [n, i, j, c]) =>
    x.at(n!, modulo(i! - top, height), modulo(j! - left, width), c!),
  );
  return conv2d(wrapped, filter, { ...settings, padding: 'valid' });
}

function addsBias(...given: Conv2d): Tensor {
  return mapped(conv2d(...given), (value) => value + 1);
}

function takesRelu(...given: Conv2d): Tensor {
  return mapped(conv2d(...given), (value) => Math.max(value, 0));
}

function isPixelOff(...[x, filter, settings]: Conv2d): Tensor {
  return conv2d(windowOf(x, [0, 0, 1, 0], x.shape), filter, settings);
}

function readsFour(...[x, filter, settings]: Conv2d): Tensor {
  return conv2d(
    byIndex(x, (value, [, , , c]) => (c! < 4 ? value : 0)),
    filter,
    settings,
  );
}

function ignoresGroups(...[x, filter, settings]: Conv2d): Tensor {
  const { groups } = settings;
  const repeated = Array.from({ length: x.shape[3]! }, (_, c) => c % filter.shape[2]!);
  const whole = taken(filter, 2, repeated);
  return conv2d(x, groups > 1 ? whole : filter, { ...settings, groups: 1 });
}

function exchangesStrides(...[x, filter, settings]: Conv2d): Tensor {
  const [vertical, horizontal] = settings.strides;
  return conv2d(x, filter, { ...settings, strides: [horizontal, vertical] });
}

function takesMean(...[x, filter, settings]: Conv2d): Tensor {
  const taps = filter.shape[0]! * filter.shape[1]!;
  return mapped(conv2d(x, filter, settings), (value) => value / taps);
}

function startsLate(...[x, filter, settings]: Conv2d): Tensor {
  const [vertical, horizontal] = settings.strides;
  const shape = resultShape(x.shape, filter.shape, settings);
  const padding = paddingAround(x.shape, filter.shape, settings);
  const dense = conv2d(x, filter, { ...settings, padding, strides: [1, 1] });
  const late = windowOf(dense, [0, vertical >> 1, horizontal >> 1, 0], dense.shape);
  return windowOf(subsampled(late, [1, vertical, horizontal, 1]), [0, 0, 0, 0], shape);
}

function dilatesAlike(...[x, filter, settings]: Conv2d): Tensor {
  const shape = resultShape(x.shape, filter.shape, settings);
  const padding = paddingAround(x.shape, filter.shape, settings);
  const wide = spread(filter, [settings.dilations[0], settings.dilations[0], 1, 1]);
  const roomy = framed(framed(x, padding), [
    [0, 0],
    [0, wide.shape[1]!],
  ]);
  const y = conv2d(roomy, wide, { ...settings, padding: 'valid', dilations: [1, 1] });
  return windowOf(y, [0, 0, 0, 0], shape);
}

function dealsFilters(...[x, filter, settings]: Conv2d): Tensor {
  const filters = filter.shape[3]!;
  const perGroup = filters / settings.groups;
  const order = Array.from(
    { length: filters },
    (_, f) => (f % settings.groups) * perGroup + Math.floor(f / settings.groups),
  );
  return taken(conv2d(x, filter, settings), 3, order);
}

function repeatsBorder(...[x, filter, settings]: Conv2d): Tensor {
  const [[top, bottom], [left, right]] = paddingAround(x.shape, filter.shape, settings);
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const around = zeros([batch, top + height + bottom, left + width + right, channels], 'float64');
  const within = (i: number, size: number): number => Math.min(Math.max(i, 0), size - 1);
  const repeated = byIndex(around, (_, [n, i, j, c]) =>
    x.at(n!, within(i! - top, height), within(j! - left, width), c!),
  );
  return conv2d(repeated, filter, { ...settings, padding: 'valid' });
}

function oddPixelFirst(...[x, filter, settings]: Conv2d): Tensor {
  const [[top, bottom], [left, right]] = paddingAround(x.shape, filter.shape, settings);
  if (settings.padding !== 'same') return conv2d(x, filter, settings);
  return conv2d(x, filter, {
    ...settings,
    padding: [
      [bottom, top],
      [right, left],
    ],
  });
}

function weighsRows(...given: Conv2d): Tensor {
  return byIndex(conv2d(...given), (value, [, i]) => value * (i! + 1));
}

function forgetsColumn(...[x, filter, settings]: Conv2d): Tensor {
  const last = filter.shape[1]! - 1;
  const rest = byIndex(filter, (value, [, l]) => (l === last && last > 0 ? 0 : value));
  return conv2d(x, rest, settings);
}

function weighsImages(...given: Conv2d): Tensor {
  return byIndex(conv2d(...given), (value, [n]) => value * (n! + 1));
}

function readsOn(...[x, filter, settings]: Conv2d): Tensor {
  const [[top, bottom], [left, right]] = paddingAround(x.shape, filter.shape, settings);
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const around = zeros([batch, top + height + bottom, left + width + right, channels], 'float64');
  const mixed = byIndex(around, (_, [n, i, j, c]) => {
    const [row, column] = [i! - top, j! - left];
    if (row < 0 || column < 0 || column >= width) return 0;
    const image = n! + Math.floor(row / height);
    return image < batch ? x.at(image, row % height, column, c!) : 0;
  });
  return conv2d(mixed, filter, { ...settings, padding: 'valid' });
}

function weighsChannels(...[x, filter, settings]: Conv2d): Tensor {
  return conv2d(
    byIndex(x, (value, [, , , c]) => value * (c! + 1)),
    filter,
    settings,
  );
}

function weighsFilters(...given: Conv2d): Tensor {
  return byIndex(conv2d(...given), (value, [, , , f]) => value * (f! + 1));
}

function keepsPadding(...[dy, filter, settings, xShape]: Parameters<typeof inputGradient>): Tensor {
  const [vertical, horizontal] = paddingAround(xShape, filter.shape, settings);
  const padding: ConvolutionSettings['padding'] = [
    [0, vertical[0] + vertical[1]],
    [0, horizontal[0] + horizontal[1]],
  ];
  return inputGradient(dy, filter, { ...settings, padding }, xShape);
}

function ofFirstImage(...[dy, x, settings, shape]: Parameters<typeof filterGradient>): Tensor {
  return filterGradient(taken(dy, 0, [0]), taken(x, 0, [0]), settings, shape);
}

/** A function of each number and of its index. */
function byIndex(x: Tensor, f: (value: number, index: readonly number[]) => number): Tensor {
  return mapped(x, (value, n) => f(value, indexOfNth(x.shape, n)));
}

function modulo(i: number, n: number): number {
  return ((i % n) + n) % n;
}
