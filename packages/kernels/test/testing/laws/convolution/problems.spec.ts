import { expect } from 'chai';
import fc from 'fast-check';
import { convGeometry, convOutputShape } from '../../../../src/index';
import {
  convolutionProblems,
  resultShape,
  type ConvolutionLimits,
  type ConvolutionProblem,
} from '../../../../testing/index';

const sample = (limits?: ConvolutionLimits): ConvolutionProblem[] =>
  fc.sample(convolutionProblems(limits), { numRuns: 300, seed: 1 });

const kinds: readonly [title: string, is: (problem: ConvolutionProblem) => boolean][] = [
  ['oblong images', ({ x }) => x[1] !== x[2]],
  ['oblong filters', ({ filter }) => filter[0] !== filter[1]],
  ['single pixels', ({ x }) => x[1]! * x[2]! === 1],
  ['strides', ({ settings: { strides } }) => Math.max(...strides) > 1],
  ['strides that differ', ({ settings: { strides } }) => strides[0] !== strides[1]],
  ['dilations', ({ settings: { dilations } }) => Math.max(...dilations) > 1],
  ['groups', ({ settings, filter }) => settings.groups > 1 && filter[2]! > 1],
  ['depthwise ones', ({ settings, filter }) => settings.groups > 1 && filter[2] === 1],
  ["padding 'same'", ({ settings: { padding } }) => padding === 'same'],
  ["padding 'valid'", ({ settings: { padding } }) => padding === 'valid'],
  [
    'padding on one side',
    ({ settings: { padding } }) => typeof padding === 'object' && padding[0][0] !== padding[0][1],
  ],
  [
    'filters as large as the image',
    ({ x, filter }) => filter[0]! > 1 && x[1] === filter[0] && x[2] === filter[1],
  ],
];

/** Limits, and what must be so within them. */
const limited: readonly [ConvolutionLimits, (problem: ConvolutionProblem) => boolean][] = [
  [{ minKernel: 3, maxKernel: 3 }, ({ filter }) => filter[0] === 3 && filter[1] === 3],
  [{ minKernel: 5 }, ({ filter }) => filter[0]! >= 5 && filter[1]! >= 5],
  [{ maxKernel: 1 }, ({ filter }) => filter[0] === 1 && filter[1] === 1],
  [{ maxStride: 1 }, ({ settings }) => Math.max(...settings.strides) === 1],
  [{ maxDilation: 1 }, ({ settings }) => Math.max(...settings.dilations) === 1],
  [{ maxGroups: 1 }, ({ settings }) => settings.groups === 1],
  [{ paddings: ['valid'] }, ({ settings }) => settings.padding === 'valid'],
  [{ paddings: ['same', 'valid'] }, ({ settings }) => typeof settings.padding === 'string'],
  [
    { stridesWithDilations: false },
    ({ settings: { strides, dilations } }) => Math.max(...strides) * Math.max(...dilations) <= 2,
  ],
];

describe('convolutionProblems', () => {
  it('are legal, and their results as large as those of engines', () => {
    for (const { x, filter, settings } of sample()) {
      const shape = resultShape(x, filter, settings);
      expect(shape).to.deep.equal(convOutputShape(convGeometry('conv2d', x, filter, settings)));
      expect(Math.min(...shape)).to.be.at.least(1);
    }
  });

  const drawn = sample();
  for (const [title, is] of kinds) {
    it(`include ${title}`, () => expect(drawn.filter(is).length).to.be.at.least(3));
  }

  for (const [limits, holds] of limited) {
    it(`stay within ${JSON.stringify(limits)}, and legal`, () => {
      const within = sample(limits);
      expect(within.filter((problem) => !holds(problem))).to.deep.equal([]);
      within.forEach(({ x, filter, settings }) => convGeometry('conv2d', x, filter, settings));
    });
  }

  it('shrink towards one pixel, a 1x1 filter and one channel', () => {
    const { counterexample } = fc.check(fc.property(convolutionProblems(), () => false));
    const { x, filter, settings } = (counterexample as [ConvolutionProblem])[0];
    expect([x, filter]).to.deep.equal([
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ]);
    const { strides, dilations, padding, groups } = settings;
    expect([strides, dilations, padding, groups]).to.deep.equal([[1, 1], [1, 1], 'valid', 1]);
  });
});
