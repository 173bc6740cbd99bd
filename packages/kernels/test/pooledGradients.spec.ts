import { tensor, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  convGeometry,
  convOutputShape,
  convParametersOf,
  convParametersShape,
  loops,
  makeSimd,
  noPlace,
  pooledShape,
  simd,
  takeAtPlaces,
  type ConvOptions,
} from '../src/index';
import { reference } from '../src/reference/index';

interface Case {
  readonly x: Shape;
  readonly filter: Shape;
  readonly options?: ConvOptions;
}

/** Those that the engine `simd` computes from the pixels that won, and those for which it does not. */
const cases: readonly Case[] = [
  { x: [2, 7, 9, 1], filter: [3, 3, 1, 5] },
  { x: [2, 6, 6, 3], filter: [3, 2, 3, 8], options: { padding: 'same' } },
  { x: [1, 4, 5, 1], filter: [1, 1, 1, 1] },
  { x: [3, 5, 4, 2], filter: [2, 2, 2, 37], options: { strides: [1, 2], padding: 1 } },
  { x: [1, 8, 6, 1], filter: [5, 1, 1, 66], options: { dilations: [1, 2] } },
  { x: [1, 12, 8, 2], filter: [9, 3, 2, 6] },
  { x: [1, 4, 6, 4], filter: [2, 3, 2, 6], options: { groups: 2 } },
  { x: [2, 6, 7, 11], filter: [3, 3, 11, 3] },
  { x: [1, 6, 9, 2], filter: [2, 2, 2, 3], options: { dilations: 2 } },
];
const engines = [loops, simd, makeSimd({ exact: true })];
const tolerance = { relative: 1e-5 };

/** Numbers n/64 of both signs, the same each time. */
function numbers(shape: Shape, seed: number): Tensor<'float32'> {
  const out = zeros(shape);
  out.data.forEach((_, i) => (out.data[i] = ((i * 37 + seed * 11) % 129) / 64 - 1));
  return out;
}

/** Places of every kind, and slopes that are not finite where none of the pixels counts. */
function slopesAndPlaces(shape: Shape) {
  const slopes = numbers(shape, 3);
  const places = zeros(shape, 'uint8');
  places.data.forEach((_, i) => (places.data[i] = (i * i + i) % 5 === 1 ? 1 : (i * 3 + 1) % 5));
  const odd = [NaN, Infinity, -Infinity];
  const dy = slopes.data.map((slope, i) => (places.data[i] === noPlace ? odd[i % 3]! : slope));
  const counted = slopes.data.map((slope, i) => (places.data[i] === noPlace ? 0 : slope));
  return {
    dy: { numbers: tensor(dy, shape), places },
    counted: { numbers: tensor(counted, shape), places },
  };
}

describe('Where no pixel of a square has a gradient, whatever stands in dy,', () => {
  for (const { x: xShape, filter: filterShape, options } of cases) {
    const title = `[${xShape.join(', ')}] with [${filterShape.join(', ')}]`;
    const geometry = convGeometry('conv2d', xShape, filterShape, options);
    const whole = convOutputShape(geometry);
    const { dy, counted } = slopesAndPlaces(pooledShape(whole));
    const [x, filter] = [numbers(xShape, 1), numbers(filterShape, 2)];

    for (const [i, engine] of engines.entries()) {
      const name = `${engine.name}${i === 2 ? ', exact' : ''}`;
      it(`nothing goes to filter and bias: ${name}, ${title}`, () => {
        const shape = convParametersShape(geometry);
        const [found, expected] = [zeros(shape), zeros(shape)];
        engine.conv2dPooledParameterGradient(dy, x, geometry, found);
        reference.conv2dPooledParameterGradient(counted, x, geometry, expected);
        expectClose(found, expected, tolerance);
      });

      it(`nothing goes to x: ${name}, ${title}`, () => {
        const [found, expected] = [zeros(xShape), zeros(xShape)];
        engine.conv2dPooledInputGradient(dy, filter, geometry, found);
        reference.conv2dPooledInputGradient(counted, filter, geometry, expected);
        expectClose(found, expected, tolerance);
      });

      it(`nothing is unpooled: ${name}, ${title}`, () => {
        const found = zeros(whole);
        engine.unpool(dy, found);
        const taken = zeros(dy.places.shape);
        takeAtPlaces(found, dy.places, taken);
        expectClose(taken, counted.numbers, { relative: 0 });
        const filled = (values: Tensor): number => [...values.data].filter((n) => n !== 0).length;
        expect(filled(found)).to.equal(filled(counted.numbers));
      });
    }
  }
});

describe('The gradient of filter and bias behind a pooling', () => {
  it('is a matrix, the bias in its last row', () => {
    // Of [1 2; 3 4] and [5 6; 7 8] in one image the places 3 and none, then all with slope 10.
    const x = tensor(Float32Array.of(1, 2, 5, 6, 3, 4, 7, 8), [1, 2, 4, 1]);
    const geometry = convGeometry('conv2d', x.shape, [1, 1, 1, 1]);
    const slopes = tensor(Float32Array.of(10, 100), [1, 1, 2, 1]);
    const places = tensor(Uint8Array.of(3, noPlace), [1, 1, 2, 1]);
    for (const engine of [reference, ...engines]) {
      const out = zeros([2, 1]);
      engine.conv2dPooledParameterGradient({ numbers: slopes, places }, x, geometry, out);
      expect([...out.data]).to.deep.equal([40, 10]);
    }
  });

  it('has a filter and a bias, row by row', () => {
    const geometry = convGeometry('conv2d', [1, 4, 4, 4], [1, 2, 2, 2], { groups: 2 });
    expect(convParametersShape(geometry)).to.deep.equal([5, 2]);
    const { filter, bias } = convParametersOf(zeros([5, 2]), geometry);
    expect([filter.shape, filter.strides, filter.offset]).to.deep.equal([
      [1, 2, 2, 2],
      [8, 4, 2, 1],
      0,
    ]);
    expect([bias.shape, bias.strides, bias.offset]).to.deep.equal([[2], [1], 8]);
  });
});
