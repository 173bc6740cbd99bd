import { fill, tensor, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { indicesOf, LawError, mapped, tryLaws } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  im2colLaws,
  paddingAround,
  resultShape,
  type Im2colImplementation,
  type WindowSettings,
} from '../../../../testing/index';
import { taken, windowOf } from '../../../../testing/laws/rearrange';

/** For each number of the windows, in order, the pixel it stands for; it may lie outside the image. */
function pixelsOf(x: Shape, settings: WindowSettings): readonly (readonly number[])[] {
  const [height, width] = settings.kernelSize;
  const filter = [height, width, x[3]!, 1];
  const all = { ...settings, groups: 1 };
  const [[top], [left]] = paddingAround(x, filter, all);
  const [batch, rows, columns] = resultShape(x, filter, all);
  const [strides, dilations] = [settings.strides, settings.dilations];
  return indicesOf([batch!, rows!, columns!, height, width, x[3]!]).map(([n, i, j, k, l, c]) => [
    n!,
    i! * strides[0] + k! * dilations[0] - top,
    j! * strides[1] + l! * dilations[1] - left,
    c!,
  ]);
}

const isInside = (x: Shape, pixel: readonly number[]): boolean =>
  pixel.every((i, axis) => i >= 0 && i < x[axis]!);

/** Number by number, as one would say it. */
const right: Im2colImplementation = {
  name: 'number by number',
  dtype: 'float64',
  im2col(x, settings) {
    const pixels = pixelsOf(x.shape, settings);
    const [height, width] = settings.kernelSize;
    const filter = [height, width, x.shape[3]!, 1];
    const [batch, rows, columns] = resultShape(x.shape, filter, { ...settings, groups: 1 });
    const length = height * width * x.shape[3]!;
    const numbers = pixels.map((pixel) => (isInside(x.shape, pixel) ? x.at(...pixel) : 0));
    return fill([batch!, rows!, columns!, length], (n) => numbers[n]!, 'float64');
  },
  col2im(columns, settings, xShape) {
    const images = zeros(xShape, 'float64');
    const numbers = columns.toTypedArray();
    const [, height, width, channels] = xShape;
    pixelsOf(xShape, settings).forEach((pixel, at) => {
      if (!isInside(xShape, pixel)) return;
      const [n, i, j, c] = pixel as [number, number, number, number];
      images.data[((n * height! + i) * width! + j) * channels! + c]! += numbers[at]!;
    });
    return images;
  },
};

const { im2col, col2im } = right;
const wrong: readonly [what: string, wrong: Partial<Im2colImplementation>, law: string][] = [
  [
    'goes through the channels first',
    { im2col: (x, settings) => channelsFirst(x, settings) },
    'im2col/patches',
  ],
  [
    'takes the image at the border again',
    { im2col: (x, settings) => im2col(windowOf(x, [0, 1, 0, 0], x.shape), settings) },
    'im2col/patches',
  ],
  [
    'keeps of several numbers for a pixel the last',
    { col2im: lastOnly },
    'im2col/col2im-is-adjoint',
  ],
  [
    'takes the mean of several numbers for a pixel',
    { col2im: meanOnly },
    'im2col/col2im-is-adjoint',
  ],
];

function channelsFirst(x: Tensor, settings: WindowSettings): Tensor {
  const channels = x.shape[3]!;
  const taps = settings.kernelSize[0] * settings.kernelSize[1];
  const order = Array.from(
    { length: taps * channels },
    (_, i) => (i % taps) * channels + Math.floor(i / taps),
  );
  return taken(im2col(x, settings), 3, order);
}

function lastOnly(columns: Tensor, settings: WindowSettings, xShape: Shape): Tensor {
  const images = zeros(xShape, 'float64');
  const numbers = columns.toTypedArray();
  const [, height, width, channels] = xShape;
  pixelsOf(xShape, settings).forEach((pixel, at) => {
    if (!isInside(xShape, pixel)) return;
    const [n, i, j, c] = pixel as [number, number, number, number];
    images.data[((n * height! + i) * width! + j) * channels! + c] = numbers[at]!;
  });
  return images;
}

function meanOnly(columns: Tensor, settings: WindowSettings, xShape: Shape): Tensor {
  const ones = tensor(new Float64Array(columns.size).fill(1), columns.shape);
  const counts = col2im(ones, settings, xShape).toTypedArray();
  const sums = col2im(columns, settings, xShape);
  return mapped(sums, (value, n) => value / Math.max(counts[n]!, 1));
}

describe('The laws of im2col and col2im', () => {
  for (const name of ['im2col', 'col2im'] as const) {
    it(`say that ${name} gives no tensor, if it gives none`, () => {
      const wrong = { ...right, [name]: () => null };
      const messages = tryLaws(im2colLaws, wrong, { runs: 1 }).flatMap(({ error }) =>
        error === undefined ? [] : [(error.cause as Error).message],
      );
      expect(new Set(messages)).to.deep.equal(
        new Set([`expected ${name} to give a tensor; received null.`]),
      );
    });
  }

  for (const { name, statement, check } of im2colLaws) {
    it(`hold ${right.name}: ${name}: ${statement}`, () => void check(right));
  }

  for (const [what, methods, name] of wrong) {
    it(`catch one that ${what}, by ${name}`, () => {
      const law = im2colLaws.find((one) => one.name === name)!;
      expect(() => law.check({ ...right, ...methods }))
        .to.throw(LawError)
        .with.property('law', name);
    });
  }
});
