import { OptionError, ShapeError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  averagePooling1d,
  averagePooling2d,
  averagePooling3d,
  globalAveragePooling1d,
  globalAveragePooling3d,
  globalMaxPooling1d,
  globalMaxPooling3d,
  maxPooling1d,
  maxPooling2d,
  maxPooling3d,
  type Layer,
} from '../../src/index';
import { checkLayer } from '../../testing';
import { applied, weightless } from '../applied';

describe('Pooling along one axis and three', () => {
  const contracts: readonly (readonly [Layer, readonly number[], readonly number[]])[] = [
    [maxPooling1d(), [5, 2], [2, 2]],
    [averagePooling1d({ poolSize: 3, strides: 1, padding: 'same' }), [4, 2], [4, 2]],
    [maxPooling3d(), [2, 3, 2, 2], [1, 1, 1, 2]],
    [averagePooling3d({ poolSize: [1, 2, 2], strides: [1, 1, 2] }), [2, 3, 2, 1], [2, 2, 1, 1]],
    [globalMaxPooling1d(), [3, 2], [2]],
    [globalAveragePooling1d({ keepDims: true }), [3, 2], [1, 2]],
    [globalMaxPooling3d({ keepDims: true }), [2, 1, 3, 2], [1, 1, 1, 2]],
    [globalAveragePooling3d(), [2, 1, 3, 2], [2]],
  ];
  for (const [layer, input, output] of contracts) {
    it(`keeps the contract of layers: ${layer.kind} ${JSON.stringify(layer.config)}`, () => {
      // With this seed no two numbers of a window are equal.
      checkLayer(layer, { ...weightless, input, outputShape: () => output, seed: 1 });
    });
  }

  it('takes the largest numbers, and means in which padding does not count', () => {
    const x = tensor([1, 5, 3, 2], [1, 4, 1]);
    const of = (layer: Layer) => [...applied(layer, x).toTypedArray()];
    expect(of(maxPooling1d())).to.deep.equal([5, 3]);
    expect(of(maxPooling1d({ poolSize: 3, strides: 1 }))).to.deep.equal([5, 5]);
    expect(of(averagePooling1d())).to.deep.equal([3, 2.5]);
    expect(of(averagePooling1d({ poolSize: 3, strides: 3, padding: [[1, 1]] }))).to.deep.equal([
      3, 2.5,
    ]);
    expect(of(globalMaxPooling1d())).to.deep.equal([5]);
    expect(of(globalAveragePooling1d())).to.deep.equal([2.75]);
    const volume = tensor([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2, 1]);
    expect(applied(maxPooling3d(), volume).item()).to.equal(8);
    expect(applied(averagePooling3d(), volume).item()).to.equal(4.5);
    const halves = averagePooling3d({ poolSize: [2, 1, 1] });
    expect([...applied(halves, volume).toTypedArray()]).to.deep.equal([3, 4, 5, 6]);
    expect(applied(globalMaxPooling3d(), volume).toArray()).to.deep.equal([[8]]);
    expect(applied(globalAveragePooling3d(), volume).toArray()).to.deep.equal([[4.5]]);
  });

  it('says what one place of the result sees', () => {
    expect(maxPooling1d({ poolSize: 3, strides: 2 }).window).to.deep.equal({
      size: [3],
      strides: [2],
    });
    expect(averagePooling3d().window).to.deep.equal({ size: [2, 2, 2], strides: [2, 2, 2] });
    expect(maxPooling2d({ poolSize: [3, 2] }).window).to.deep.equal({
      size: [3, 2],
      strides: [3, 2],
    });
    expect(averagePooling2d({ strides: 1 }).window).to.deep.equal({
      size: [2, 2],
      strides: [1, 1],
    });
  });

  const wrong: readonly (readonly [
    make: () => unknown,
    error: typeof OptionError | typeof ShapeError,
    message: string,
  ])[] = [
    [
      () => maxPooling1d({ poolSize: 0 }),
      OptionError,
      'maxPooling1d: expected poolSize to be a whole number of at least 1; received 0.',
    ],
    [
      () => averagePooling3d({ poolSize: [2, 2] }),
      OptionError,
      'averagePooling3d: expected poolSize to be a whole number of at least 1, or a list of 3; ' +
        'received [2, 2].',
    ],
    [
      () => maxPooling1d().outputShape([4, 4, 1]),
      ShapeError,
      'maxPooling1d: expected samples [length, channels]; received [4, 4, 1]. ' +
        'A sample has 2 axes, not 3; the batch is not counted.',
    ],
    [
      () => maxPooling1d({ poolSize: 5 }).outputShape([4, 1]),
      ShapeError,
      'maxPooling1d: expected a padded sequence of at least 5; received 4, from x [1, 4, 1]. ' +
        "The window is 5. Use padding 'same', or a larger sequence.",
    ],
    [
      () => globalMaxPooling1d().outputShape([0, 2]),
      ShapeError,
      'globalMaxPooling1d: expected sequences of at least 1 place; received [0, 2].',
    ],
    [
      () => globalAveragePooling3d().outputShape([1, 0, 2, 2]),
      ShapeError,
      'globalAveragePooling3d: expected volumes of at least 1x1x1 places; received [1, 0, 2, 2].',
    ],
  ];
  for (const [make, error, message] of wrong) {
    it(`refuses: ${message}`, () => {
      expect(make).to.throw(error).with.property('message', message);
    });
  }
});
