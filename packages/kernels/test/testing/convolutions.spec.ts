import { expect } from 'chai';
import fc from 'fast-check';
import { convOutputShape, type ConvGeometry } from '../../src/index';
import { convolutions, geometryOf, type Convolution } from '../../testing/index';

const kinds: readonly [title: string, is: (geometry: ConvGeometry) => boolean][] = [
  ['oblong images', ({ input }) => input.height !== input.width],
  ['oblong kernels', ({ filter }) => filter.height !== filter.width],
  ['single pixels', ({ input }) => input.height * input.width === 1],
  ['1x1 kernels', ({ filter }) => filter.height * filter.width === 1],
  ['strides', ({ strides }) => strides.vertical > 1],
  ['dilations that act', ({ dilations, filter }) => dilations.vertical > 1 && filter.height > 1],
  ['strides with dilations', ({ strides, dilations }) => strides.vertical * dilations.vertical > 3],
  ['groups', ({ groups, input }) => groups > 1 && input.channels > groups],
  ['depthwise ones', ({ groups, input }) => groups > 1 && input.channels === groups],
  ['no padding', ({ padding }) => padding.top + padding.bottom + padding.left === 0],
  ['padding on one side', ({ padding }) => padding.top > 0 && padding.bottom === 0],
  ['padding larger than the image', ({ padding, input }) => padding.top > input.height],
  [
    'kernels as large as the image',
    ({ filter, input, dilations }) =>
      filter.height > 1 && (filter.height - 1) * dilations.vertical + 1 === input.height,
  ],
  ['a single result', ({ output }) => output.height * output.width === 1],
  ['pixels that no window reaches', isPartlyUnread],
  [
    'plain ones: no strides, no dilations',
    ({ strides, dilations }) =>
      strides.vertical * strides.horizontal * dilations.vertical * dilations.horizontal === 1,
  ],
];

function isPartlyUnread({ input, output, strides, filter, dilations, padding }: ConvGeometry) {
  const end = (output.height - 1) * strides.vertical + (filter.height - 1) * dilations.vertical + 1;
  return end < padding.top + input.height;
}

describe('convolutions', () => {
  it('are legal and have a result', () => {
    fc.assert(
      fc.property(convolutions(), (convolution) => {
        expect(convOutputShape(geometryOf(convolution)).every((size) => size > 0)).to.be.true;
      }),
      { numRuns: 300 },
    );
  });

  const drawn = fc.sample(convolutions(), { numRuns: 500, seed: 1 }).map(geometryOf);
  for (const [title, is] of kinds) {
    it(`include ${title}`, () => {
      expect(drawn.filter(is).length).to.be.at.least(5);
    });
  }

  it('include depthwise ones with dilations in one case of ten', () => {
    const isDilated = ({ dilations, filter }: ConvGeometry): boolean =>
      Math.max(
        (filter.height - 1) * (dilations.vertical - 1),
        (filter.width - 1) * (dilations.horizontal - 1),
      ) > 0;
    const depthwise = drawn.filter(({ groups, input }) => groups > 1 && input.channels === groups);
    expect(depthwise.filter(isDilated).length).to.be.at.least(drawn.length / 10);
  });

  it('include batches of no images if asked', () => {
    const batches = fc.sample(convolutions({ minBatch: 0 }), 100).map(({ x }) => x[0]);
    expect(new Set(batches)).to.deep.equal(new Set([0, 1, 2, 3]));
  });

  it('keep to the largest kernel and step', () => {
    for (const { filter, strides, dilations } of fc
      .sample(convolutions({ maxKernel: 2, maxStep: 1 }), 100)
      .map(geometryOf)) {
      expect(Math.max(filter.height, filter.width)).to.be.at.most(2);
      expect(strides).to.deep.equal({ vertical: 1, horizontal: 1 });
      expect(dilations).to.deep.equal({ vertical: 1, horizontal: 1 });
    }
  });

  it('keep strides and dilations apart if asked', () => {
    const options = { stridesWithDilations: false };
    const all = fc.sample(convolutions(options), { numRuns: 300, seed: 1 }).map(geometryOf);
    const strided = all.filter(({ strides }) => strides.vertical * strides.horizontal > 1);
    const dilated = all.filter(({ dilations }) => dilations.vertical * dilations.horizontal > 1);
    expect(strided.filter((geometry) => dilated.includes(geometry))).to.deep.equal([]);
    expect([strided.length > 30, dilated.length > 30]).to.deep.equal([true, true]);
  });

  it('keep to the ways of padding, and to the groups, that they are given', () => {
    const options = { paddings: ['same', 'number'], minGroups: 2, maxGroups: 2 } as const;
    const all = fc.sample(convolutions(options), { numRuns: 100, seed: 1 });
    const kinds = new Set(all.map(({ options: { padding } }) => typeof padding));
    expect([...kinds]).to.have.members(['string', 'number']);
    expect(all.every(({ options: { padding } }) => padding !== 'valid')).to.equal(true);
    expect(all.every(({ options: { groups } }) => groups === 2)).to.equal(true);
  });

  it('shrink towards one pixel, a 1x1 kernel and one channel', () => {
    const { counterexample } = fc.check(fc.property(convolutions(), () => false));
    expect(fc.stringify(counterexample![0])).to.equal(
      fc.stringify({
        x: [1, 1, 1, 1],
        filter: [1, 1, 1, 1],
        options: { strides: [1, 1], dilations: [1, 1], padding: 'valid', groups: 1 },
      }),
    );
  });

  it('shrink towards what makes a property fail, and no more', () => {
    const isHarmless = ({ options: { strides }, filter }: Convolution): boolean =>
      (strides as readonly number[])[1]! < 2 || filter[0]! < 2;
    const { counterexample } = fc.check(fc.property(convolutions(), isHarmless), {
      seed: 1,
      numRuns: 1000,
    });
    expect(fc.stringify(counterexample![0])).to.equal(
      fc.stringify({
        x: [1, 2, 1, 1],
        filter: [2, 1, 1, 1],
        options: { strides: [1, 2], dilations: [1, 1], padding: 'valid', groups: 1 },
      }),
    );
  });
});
