import { expect } from 'chai';
import { formatNumber, formatTensor, full, range, Tensor, tensor, zeros } from '../src/index';

describe('formatTensor', () => {
  const counted = (shape: readonly number[]): Tensor =>
    new Tensor(range(0, 1000).storage, {
      shape,
      strides: shape.map((_, axis) => 10 ** (shape.length - 1 - axis)),
      offset: 0,
    });

  const table = [
    { title: 'a scalar', value: tensor(2.5), text: 'float32 [] 2.5' },
    { title: 'a vector', value: tensor(Int32Array.of(1, 2)), text: 'int32 [2] [1, 2]' },
    { title: 'no elements', value: zeros([2, 0], 'uint8'), text: 'uint8 [2, 0]' },
    {
      title: 'a matrix in columns of one width',
      value: tensor([
        [1, -0.12345],
        [22, 0],
      ]),
      text: 'float32 [2, 2] [[      1, -0.1235],\n [     22,       0]]',
    },
    {
      title: 'three axes',
      value: counted([2, 2, 2]),
      text: 'float32 [2, 2, 2] [[[  0,   1],\n  [ 10,  11]],\n [[100, 101],\n  [110, 111]]]',
    },
    {
      title: 'an axis of eight in full',
      value: counted([8]),
      text: 'float32 [8] [0, 1, 2, 3, 4, 5, 6, 7]',
    },
    {
      title: 'the ends of an axis of nine',
      value: counted([9]),
      text: 'float32 [9] [0, 1, 2, ..., 6, 7, 8]',
    },
    {
      title: 'the ends of several long axes',
      value: counted([10, 10]),
      text:
        'float32 [10, 10] [[ 0,  1,  2, ...,  7,  8,  9],\n' +
        ' [10, 11, 12, ..., 17, 18, 19],\n' +
        ' [20, 21, 22, ..., 27, 28, 29],\n' +
        ' ...,\n' +
        ' [70, 71, 72, ..., 77, 78, 79],\n' +
        ' [80, 81, 82, ..., 87, 88, 89],\n' +
        ' [90, 91, 92, ..., 97, 98, 99]]',
    },
  ];
  for (const { title, value, text } of table) {
    it(`shows ${title}`, () => {
      expect(formatTensor(value)).to.equal(text);
    });
  }

  it('takes the column width from the shown numbers only', () => {
    const hidden = full([9], 1);
    hidden.data[4] = 123456;
    expect(formatTensor(hidden)).to.equal('float32 [9] [1, 1, 1, ..., 1, 1, 1]');
  });
});

describe('formatNumber', () => {
  const table: [value: number, text: string][] = [
    [0, '0'],
    [-3, '-3'],
    [999999999, '999999999'],
    [1e9, '1.000e+9'],
    [0.5, '0.5'],
    [1 / 3, '0.3333'],
    [Math.fround(0.1), '0.1'],
    [-2.00004, '-2'],
    [0.001, '0.001'],
    [0.0009, '9.000e-4'],
    [1234567.5, '1.235e+6'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ];
  for (const [value, text] of table) {
    it(`writes ${value} as ${text}`, () => {
      expect(formatNumber(value)).to.equal(text);
    });
  }
});
