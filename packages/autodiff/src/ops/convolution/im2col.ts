import { newTensor, type Backend } from '@gradus/kernels';
import {
  checkShape,
  formatShape,
  rowMajor,
  sameShape,
  ShapeError,
  sliceLayout,
  windowOn,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { defineOp } from '../../op';
import { callOptions } from '../checks/callOptions';
import { fillZeros } from '../shapes/fillZeros';
import {
  columnsShape,
  onePerTap,
  originOf,
  overlapping,
  paddedShape,
  splitColumns,
  windowsOf,
  windowsShape,
  type Im2colOptions,
  type Windows,
} from './im2colWindows';
import { shapeWord } from '../shapeWord';

/** What `col2im` needs besides the windows. */
export interface Col2imOptions extends Im2colOptions {
  /** The shape of the images, `[batch, height, width, channels]`. */
  readonly inputShape: Shape;
}

const legal: readonly (readonly [x: Shape, options: Im2colOptions])[] = [
  [[2, 3, 4, 2], { kernelSize: [2, 3] }],
  [[1, 4, 3, 2], { kernelSize: 2, padding: 'same', strides: [1, 2] }],
  [[1, 5, 4, 1], { kernelSize: [2, 3], dilations: [3, 1], strides: 2, padding: 1 }],
  // Rows and columns that no window sees.
  [[1, 6, 5, 1], { kernelSize: [2, 1], strides: [3, 2] }],
  [
    [1, 1, 2, 3],
    {
      kernelSize: 3,
      padding: [
        [2, 0],
        [1, 2],
      ],
    },
  ],
];

/**
 * The windows of a convolution as the rows of a matrix: of x [batch, height, width, channels], the
 * numbers under the kernel at each position, [batch, outHeight, outWidth, kernelHeight *
 * kernelWidth * channels], with zeros for the padding. `matMul(im2col(x, ...), reshape(filter, [-1,
 * filters]))` is the convolution with a filter [kernelHeight, kernelWidth, channels, filters]. K.
 * Chellapilla, S. Puri, P. Simard, "High Performance Convolutional Neural Networks for Document
 * Processing", 2006.
 * @throws ShapeError if x is no batch of images, or the kernel is larger than the padded image.
 * @throws OptionError if an option is out of range.
 */
export const im2col = defineOp({
  name: 'im2col',
  inputs: ['x'],
  dtype: 'same',
  shape: ({ x }, options: Im2colOptions) => columnsShape(windowsOf('im2col', x, options)),
  compute(backend, { x }, options, out) {
    const windows = windowsOf('im2col', x.shape, options);
    const padded = withPadding(backend, x, windows);
    const view = windowOn(padded, overlapping(padded, windows));
    backend.copy(view, windowOn(out, rowMajor(view.shape)));
  },
  gradient: (dy, { inputs: { x }, attributes }) => ({
    x: (): Tensor => col2im(dy, { ...attributes, inputShape: x.shape }),
  }),
  samples: legal.map(([x, options]) => ({ inputs: { x: shapeWord(x) }, attributes: options })),
});

/**
 * The adjoint of `im2col`: each number of `columns` is added to the pixel that it would be taken
 * from, giving images of `inputShape`; what belongs to the padding is dropped.
 * @throws ShapeError if `columns` are not of the shape that `im2col` gives for such images.
 * @throws OptionError if an option is out of range.
 */
export const col2im = defineOp({
  name: 'col2im',
  inputs: ['columns'],
  dtype: 'same',
  shape({ columns }, options: Col2imOptions) {
    const { inputShape } = callOptions('col2im', options);
    checkInputShape(inputShape);
    const expected = columnsShape(windowsOf('col2im', inputShape, options));
    if (sameShape(columns, expected)) return inputShape;
    throw new ShapeError({
      op: 'col2im',
      expected: `columns ${formatShape(expected)}, as im2col gives of images ${formatShape(inputShape)}`,
      received: formatShape(columns),
    });
  },
  compute(backend, { columns }, options, out) {
    const windows = windowsOf('col2im', options.inputShape, options);
    const { vertical, horizontal } = windows;
    const taps = [vertical.taps, horizontal.taps];
    const layers = newTensor(backend, columns.dtype, [...taps, ...paddedShape(windows)]);
    fillZeros(backend, layers);
    const shape = windowsShape(windows);
    const apart = windowOn(layers, onePerTap(layers, windows));
    backend.copy(windowOn(columns, splitColumns(columns, shape)), apart);
    const inside = { begin: [0, 0, ...originOf(windows)], size: [...taps, ...out.shape] };
    const image = sliceLayout(layers, { ...inside, step: inside.size.map(() => 1) });
    backend.reduce('sum', windowOn(layers, image), [0, 1], out);
  },
  gradient: (dx, { attributes: { inputShape: _, ...options } }) => ({
    columns: (): Tensor => im2col(dx, options),
  }),
  get samples() {
    return legal.map(([inputShape, options]) => ({
      inputs: { columns: columnsLetters(inputShape, options) },
      attributes: { ...options, inputShape },
      sizes: { n: columnsShape(windowsOf('col2im', inputShape, options)).at(-1)! },
    }));
  },
});

/** The last axis may be longer than a digit says. */
function columnsLetters(x: Shape, options: Im2colOptions): string {
  return `${shapeWord(columnsShape(windowsOf('col2im', x, options)).slice(0, -1))}n`;
}

function checkInputShape(shape: Shape | undefined): asserts shape is Shape {
  const isList = Array.isArray(shape);
  if (isList) checkShape('col2im', shape as Shape);
  if (isList && shape.length === 4) return;
  throw new ShapeError({
    op: 'col2im',
    expected: 'an inputShape [batch, height, width, channels]',
    received: isList ? formatShape(shape) : String(shape),
  });
}

/** x itself where it has no padding. */
function withPadding(backend: Backend, x: Tensor, windows: Windows): Tensor {
  const shape = paddedShape(windows);
  if (sameShape(shape, x.shape)) return x;
  const padded = newTensor(backend, x.dtype, shape);
  fillZeros(backend, padded);
  const step = shape.map(() => 1);
  const image = sliceLayout(padded, { begin: originOf(windows), size: x.shape, step });
  backend.copy(x, windowOn(padded, image));
  return padded;
}
