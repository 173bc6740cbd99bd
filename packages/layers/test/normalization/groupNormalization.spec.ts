import { OptionError, ShapeError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { groupNormalization, layerNormalization, type Layer } from '../../src/index';
import { checkLayer } from '../../testing';
import { applied, scope } from '../applied';

const both = (shape: readonly number[]) => ({
  weights: { gamma: shape, beta: shape },
  parameters: { trainable: 2 * shape.reduce((a, b) => a * b, 1), nonTrainable: 0 },
  outputShape: (input: readonly number[]) => input,
});
const rounded = (layer: Layer, numbers: readonly number[], shape: readonly number[]) =>
  [...applied(layer, tensor([...numbers], shape)).toTypedArray()].map((v) => +v.toFixed(4) + 0);

describe('layerNormalization', () => {
  it('keeps the contract of layers', () => {
    checkLayer(layerNormalization(), { ...both([3]), input: [2, 3] });
    checkLayer(layerNormalization({ axis: [1, 3], epsilon: 0.5 }), {
      ...both([3, 4]),
      input: [3, 2, 4],
    });
    checkLayer(layerNormalization({ scale: false, trainable: false }), {
      ...both([4]),
      weights: { beta: [4] },
      parameters: { trainable: 0, nonTrainable: 4 },
      input: [4],
    });
    checkLayer(layerNormalization({ center: false }), {
      ...both([4]),
      weights: { gamma: [4] },
      parameters: { trainable: 4, nonTrainable: 0 },
      input: [4],
    });
  });

  it('gives each row mean 0 and variance 1', () => {
    const layer = layerNormalization({ epsilon: 0 });
    // Mean 3, variance 4; then mean 0, variance 1.
    expect(rounded(layer, [1, 5, -1, 1], [1, 2, 2])).to.deep.equal([-1, 1, -1, 1]);
    // 16 / (15 + 1) = 1 less than the root of the variance 15.
    const other = layerNormalization({ epsilon: 1 });
    const root = Math.sqrt(15);
    expect(rounded(other, [-root, root], [1, 2])).to.deep.equal(
      [-root / 4, root / 4].map((v) => +v.toFixed(4)),
    );
  });

  it('multiplies with gamma and adds beta', () => {
    const weights = [tensor([2, 3]), tensor([10, 20])];
    const y = applied(layerNormalization({ epsilon: 0 }), tensor([[1, 5]]), { weights });
    expect(y.toArray()).to.deep.equal([[8, 23]]);
  });

  it('uses epsilon 1e-3 unless told otherwise', () => {
    expect(rounded(layerNormalization(), [-0.1, 0.1], [1, 2])).to.deep.equal(
      [-1, 1].map((sign) => +((sign * 0.1) / Math.sqrt(0.011)).toFixed(4)),
    );
  });

  it('refuses options out of range, and axes that a sample does not have', () => {
    expect(() => layerNormalization({ epsilon: -1 }))
      .to.throw(OptionError)
      .with.property(
        'message',
        'layerNormalization: expected epsilon to be a finite number of at least 0; received -1.',
      );
    expect(() => layerNormalization({ axis: 0 }).build([3], scope())).to.throw(
      'layerNormalization: expected an axis of samples [3]; received [0]. ' +
        'Axis 0 is the batch, 1 the first axis of a sample.',
    );
  });
});

describe('groupNormalization', () => {
  it('keeps the contract of layers', () => {
    checkLayer(groupNormalization({ groups: 2 }), { ...both([4]), input: [2, 1, 4] });
    checkLayer(groupNormalization({ groups: -1, axis: 1 }), { ...both([3]), input: [3, 2, 2] });
  });

  it('normalises each group of neighbouring channels over all pixels', () => {
    // Two pixels of four channels: the groups hold 1, 3, 5, 7 and 0, 0, 4, 4.
    const numbers = [1, 3, 0, 0, 5, 7, 4, 4];
    const layer = groupNormalization({ groups: 2, epsilon: 0 });
    const [a, b] = [3, 1].map((v) => +(v / Math.sqrt(5)).toFixed(4)) as [number, number];
    expect(rounded(layer, numbers, [1, 1, 2, 4])).to.deep.equal([-a, -b, -1, -1, b, a, 1, 1]);
    const each = groupNormalization({ groups: -1, epsilon: 0 });
    expect(rounded(each, [1, 3, 5, 9], [1, 2, 2])).to.deep.equal([-1, -1, 1, 1]);
    expect(
      rounded(groupNormalization({ groups: 2, epsilon: 0 }), [1, 3, 5, 9], [1, 2, 2]),
    ).to.deep.equal(rounded(each, [1, 3, 5, 9], [1, 2, 2]));
  });

  it('multiplies each channel with its gamma and adds its beta', () => {
    const weights = [tensor([2, 3]), tensor([10, 20])];
    const layer = groupNormalization({ groups: 1, epsilon: 0 });
    const y = applied(layer, tensor([1, 5, 1, 5], [1, 2, 2]), { weights });
    expect(y.toArray()).to.deep.equal([
      [
        [8, 23],
        [8, 23],
      ],
    ]);
  });

  it('refuses groups that cannot share the channels, and what is no number of groups', () => {
    expect(() => groupNormalization().outputShape([2, 2, 48]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'groupNormalization: expected at least one channel, and as many as 32 groups can share; ' +
          'received [2, 2, 48]. Axis 3 is 48; groups has to divide it.',
      );
    expect(() => groupNormalization({ groups: 0 }))
      .to.throw(OptionError)
      .with.property(
        'message',
        'groupNormalization: expected groups to be a whole number of at least 1; received 0.',
      );
  });
});
