import { tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { randomBrightness, randomContrast, type Layer } from '../../src/index';
import { applied } from '../applied';

const training = true;

describe('randomContrast and randomBrightness', () => {
  it('scale the distance from the mean of each channel', () => {
    const x = tensor([1, 10, 3, 30], [1, 1, 2, 2]);
    const of = (layer: Layer) => [...applied(layer, x, { training }).toTypedArray()];
    // 1 + upper = 1 - lower = 1: only one factor is possible.
    expect(of(randomContrast({ factor: [0, 0] }))).to.deep.equal([1, 10, 3, 30]);
    expect(of(randomContrast({ factor: [1, 0], seed: 5 }))).not.to.deep.equal([1, 10, 3, 30]);
    const [a, b, c, d] = of(randomContrast({ factor: 0.5, seed: 5 })) as [
      number,
      number,
      number,
      number,
    ];
    expect(a + c).to.be.closeTo(4, 1e-5);
    expect(b + d).to.be.closeTo(40, 1e-5);
    const factor = (c - a) / 2;
    expect(factor).to.be.within(0.5, 1.5);
    expect((d - b) / 20).to.be.closeTo(factor, 1e-5);
  });

  it('add a part of the range of values', () => {
    const x = tensor([10, 20], [1, 1, 2, 1]);
    const of = (layer: Layer) => [...applied(layer, x, { training }).toTypedArray()];
    expect(of(randomBrightness({ factor: [0.2, 0.2] }))).to.deep.equal([61, 71]);
    const range = { valueRange: [-100, 100] } as const;
    expect(of(randomBrightness({ factor: [-0.25, -0.25], ...range }))).to.deep.equal([-40, -30]);
  });

  it('keep to the range of values', () => {
    const x = tensor([0, 100, 200], [1, 1, 3, 1]);
    const bright = applied(randomBrightness({ factor: [0.5, 0.5] }), x, { training });
    expect([...bright.toTypedArray()]).to.deep.equal([127.5, 227.5, 255]);
    const dark = applied(randomBrightness({ factor: [-0.5, -0.5] }), x, { training });
    expect([...dark.toTypedArray()]).to.deep.equal([0, 0, 72.5]);
    const range = { valueRange: [50, 150] } as const;
    const flat = applied(randomContrast({ factor: [0, 0], ...range }), x, { training });
    expect([...flat.toTypedArray()]).to.deep.equal([50, 100, 150]);
  });
});
