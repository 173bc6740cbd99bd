import { expect } from 'chai';
import fc from 'fast-check';
import { ArgumentError, tensor, zeros, type View } from '@gradus/tensor';
import {
  confusionMatrixSvg,
  encodeGif,
  encodePng,
  heatMap,
  htmlTable,
  imageGrid,
  imageRow,
  kernelPicture,
  kernelSvg,
  kernelToAnsi,
  lineChart,
  numbersTable,
  tableToText,
  toImage,
  type Picture,
} from '../src/index';

const pixels = (...shape: number[]) => zeros(shape, 'uint8');
const square = zeros([3, 3]);
// What a caller without TypeScript may pass.
const floats: View = square;
const asPicture = (view: View) => view as Picture;
const series = [{ name: 'a', points: [1, 2] }];

const matrix = 'expected a matrix [height, width] of at least one number';
const picture = 'expected a picture [height, width, 3] or [height, width] of at least one pixel';
const range = "expected range: [low, high], finite and low below high, or 'symmetric'";

const table: [string, () => unknown, string][] = [
  ['a vector', () => heatMap(zeros([3])), `heatMap: ${matrix}; received [3].`],
  ['nothing', () => kernelSvg(zeros([0, 3])), `kernelSvg: ${matrix}; received [0, 3].`],
  [
    'a matrix with axes of size 1',
    () => kernelPicture(zeros([3, 5, 1, 1])),
    `kernelPicture: ${matrix}; received [3, 5, 1, 1]. Reshape it to [3, 5].`,
  ],
  [
    'the filter of a layer',
    () => numbersTable(zeros([3, 3, 2, 4])),
    `numbersTable: ${matrix}; received [3, 3, 2, 4]. A filter [height, width, in, out] holds 8 kernels: pick one.`,
  ],
  [
    'a range the wrong way round',
    () => heatMap(square, { range: [1, 0] }),
    `heatMap: ${range}; received [1, 0].`,
  ],
  [
    'a range without an end',
    () => kernelToAnsi(square, { range: [0, Infinity] }),
    `kernelToAnsi: ${range}; received [0, Infinity].`,
  ],
  [
    'an empty range',
    () => toImage(square, { range: [1, 1] }),
    `toImage: ${range}; received [1, 1].`,
  ],
  [
    'half a pixel',
    () => heatMap(square, { cellSize: 0.5 }),
    'heatMap: expected cellSize: a whole number of pixels, at least 1; received 0.5.',
  ],
  [
    'no pixel',
    () => kernelPicture(square, { cellSize: 0 }),
    'kernelPicture: expected cellSize: a whole number of pixels, at least 1; received 0.',
  ],
  [
    'numbers in cells that are too small',
    () => kernelPicture(tensor([[-0.125]]), { numbers: true, cellSize: 16 }),
    'kernelPicture: expected cellSize: at least 33 pixels for these numbers; received 16.',
  ],
  [
    'a batch of pictures',
    () => toImage(zeros([2, 4, 4, 3])),
    'toImage: expected values [height, width], [height, width, 1] or [height, width, 3], not empty; received [2, 4, 4, 3]. Pick one picture of the batch.',
  ],
  [
    'two channels',
    () => toImage(zeros([4, 4, 2])),
    'toImage: expected values [height, width], [height, width, 1] or [height, width, 3], not empty; received [4, 4, 2].',
  ],
  [
    'numbers for pixels',
    () => encodePng(asPicture(floats)),
    'encodePng: expected a picture of uint8; received float32. Turn numbers into pixels with toImage(values) or heatMap(values).',
  ],
  [
    'a picture of one channel',
    () => encodePng(pixels(4, 4, 1)),
    `encodePng: ${picture}; received [4, 4, 1]. Leave out the last axis, which is 1.`,
  ],
  ['no pixels', () => encodePng(pixels(0, 4, 3)), `encodePng: ${picture}; received [0, 4, 3].`],
  ['no frame', () => encodeGif([]), 'encodeGif: expected at least one frame; received none.'],
  [
    'frames of different sizes',
    () => encodeGif([pixels(4, 5), pixels(4, 5, 3), pixels(5, 4)]),
    'encodeGif: expected frames of one size, [4, 5]; received [5, 4] for frame 2.',
  ],
  [
    'a delay below zero',
    () => encodeGif([pixels(1, 1)], { delay: -1 }),
    'encodeGif: expected delay: 0 to 655350 milliseconds; received -1.',
  ],
  [
    'a delay that is no number',
    () => encodeGif([pixels(1, 1)], { lastDelay: NaN }),
    'encodeGif: expected lastDelay: 0 to 655350 milliseconds; received NaN.',
  ],
  [
    'no picture',
    () => imageRow([]),
    'imageRow: expected at least one picture in every row; received none in row 0.',
  ],
  [
    'no row',
    () => imageGrid([]),
    'imageGrid: expected at least one picture in every row; received no row.',
  ],
  [
    'an empty row',
    () => imageGrid([[{ picture: pixels(1, 1) }], []]),
    'imageGrid: expected at least one picture in every row; received none in row 1.',
  ],
  [
    'a vector of pixels',
    () => imageRow([{ picture: pixels(4) }]),
    `imageRow: ${picture}; received [4].`,
  ],
  [
    'a gap below zero',
    () => imageRow([{ picture: pixels(1, 1) }], { gap: -1 }),
    'imageRow: expected gap: a whole number of pixels, at least 0; received -1.',
  ],
  [
    'a height of zero',
    () => imageRow([{ picture: pixels(1, 1) }], { height: 0 }),
    'imageRow: expected height: a whole number of pixels, at least 1; received 0.',
  ],
  [
    'no series',
    () => lineChart({ series: [] }),
    'lineChart: expected at least one series; received none.',
  ],
  [
    'a narrow chart',
    () => lineChart({ series, width: 100 }),
    'lineChart: expected width: at least 200 pixels; received 100.',
  ],
  [
    'a chart of no known height',
    () => lineChart({ series, height: NaN }),
    'lineChart: expected height: at least 150 pixels; received NaN.',
  ],
  [
    'one column',
    () => kernelToAnsi(square, { columns: 1 }),
    'kernelToAnsi: expected columns: a whole number, at least 2; received 1.',
  ],
  [
    'rows of different lengths',
    () => tableToText([['a', 'b'], ['c']]),
    'tableToText: expected rows of 2 cells, as the first; received 1 in row 1.',
  ],
  [
    'a table of nothing',
    () => htmlTable([]),
    'htmlTable: expected at least one row and column; received none.',
  ],
];

describe('An argument that does not fit', () => {
  for (const [title, call, message] of table) {
    it(`is named: ${title}`, () => {
      expect(call).to.throw(ArgumentError).with.property('message', message);
    });
  }

  it('never causes any other error, whatever the shape and the type', () => {
    const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
    const view = fc
      .tuple(
        shape,
        fc.constantFrom('float32' as const, 'float64' as const, 'int32' as const, 'uint8' as const),
      )
      .map(([sizes, dtype]): View => zeros(sizes, dtype));
    const calls: ((view: View) => unknown)[] = [
      heatMap,
      toImage,
      kernelPicture,
      kernelSvg,
      confusionMatrixSvg,
      kernelToAnsi,
      numbersTable,
      (view) => encodePng(asPicture(view)),
      (view) => encodeGif([asPicture(view)]),
      (view) => imageRow([{ picture: asPicture(view) }]),
    ];
    fc.assert(
      fc.property(view, fc.constantFrom(...calls), (given, call) => {
        try {
          call(given);
        } catch (error) {
          expect(error).to.be.instanceOf(ArgumentError);
        }
      }),
    );
  });
});
