import { expect } from 'chai';
import {
  defaultSteps,
  estimates,
  settledSlope,
  type Line,
} from '../../../testing/gradients/differences';
import { kinkNear, wordFor } from '../../../testing/gradients/kinks';

const lineOf = (f: (t: number) => number): Line => ({ at: f, atZero: f(0) });
const precision = { tolerance: 1e-7, scale: 1 };
const settled = (f: (t: number) => number): ReturnType<typeof settledSlope> =>
  settledSlope(lineOf(f), defaultSteps, precision);
const word = (f: (t: number) => number): string => {
  const found = settled(f);
  return found.kind === 'smooth' ? `slope ${found.slope}` : wordFor('x', lineOf(f), found);
};

describe('Estimates of a slope', () => {
  it('are extrapolated: errors fall with the fourth power of the step, and gaps with the fifth', () => {
    const all = [
      ...estimates(
        lineOf((t) => Math.exp(3 * t)),
        [1 / 8, 1 / 16, 1 / 32, 1 / 64],
      ),
    ];
    const [first, second, third] = all.map(({ slope }) => Math.abs(slope - 3));
    expect(first! / second!).to.be.closeTo(16, 0.5);
    expect(second! / third!).to.be.closeTo(16, 0.2);
    const gaps = all.map(({ gap }) => Math.abs(gap));
    expect(gaps[1]! / gaps[2]!).to.be.closeTo(32, 1);
  });

  it('know how much they changed, and what rounding may do', () => {
    const [first, second] = [
      ...estimates(
        lineOf((t) => 1 + t),
        [1 / 4, 1 / 8, 1 / 16],
      ),
    ];
    expect(first).to.deep.include({ step: 1 / 8, slope: 1, change: Infinity, gap: 0 });
    expect(second).to.deep.include({ step: 1 / 16, slope: 1, change: 0, gap: 0 });
    expect(second!.noise).to.equal(32 * Number.EPSILON * 1.25 * 16);
  });

  it('see the gap of a kink, and none elsewhere', () => {
    const [atKink] = [
      ...estimates(
        lineOf((t) => 5 * t + 2 * Math.abs(t)),
        defaultSteps.slice(0, 2),
      ),
    ];
    expect(atKink!.gap).to.be.closeTo(4, 1e-12);
    expect(atKink!.slope).to.be.closeTo(5, 1e-12);
  });
});

describe('A settled slope', () => {
  it('is known to within its error', () => {
    const functions: readonly [(t: number) => number, number][] = [
      [(t) => Math.exp(t), 1],
      [(t) => Math.sin(1000 * t) / 1000, 1],
      [(t) => 1 / (t + 0.001), -1e6],
      [(t) => 1000 + t, 1],
      [() => 7, 0],
    ];
    for (const [f, exact] of functions) {
      const found = settled(f);
      expect(found.kind).to.equal('smooth');
      expect(Math.abs(found.slope - exact)).to.be.at.most(found.error);
      expect(found.error).to.be.at.most(3e-7 * Math.max(1, Math.abs(exact)));
    }
  });

  it('does not mind kinks and jumps a little way off', () => {
    expect(settled((t) => Math.abs(t - 3e-6)).slope).to.be.closeTo(-1, 1e-7);
    expect(settled((t) => t + Math.sign(t + 3e-5)).slope).to.be.closeTo(1, 1e-7);
  });

  it('is 0 where all that is left is rounding', () => {
    const rounding = settled((t) => t + 1000 - t - 1000);
    expect(rounding).to.deep.include({ kind: 'smooth', slope: 0 });
  });
});

describe('Where there is no slope', () => {
  it('the distance is said', () => {
    expect(word((t) => Math.abs(t - 2e-7))).to.equal('x is 2e-7 from a kink');
    expect(word((t) => Math.max(0, t + 3.5e-8) + t ** 2)).to.equal('x is 3.5e-8 from a kink');
    expect(word((t) => 0.01 * Math.abs(t) + Math.exp(t))).to.equal('x is at a kink');
    expect(word((t) => t + (t < 1e-7 ? 0 : 1))).to.equal('x is 1e-7 from a jump');
    expect(word((t) => Math.sign(t))).to.equal('x is at a jump');
    expect(word((t) => Math.round(0.5 + t))).to.equal('x is at a jump');
  });

  it('the edge of a domain is told from a kink', () => {
    expect(word((t) => Math.log(t + 1e-9))).to.match(
      /^x is less than .* from where f is not finite$/,
    );
  });

  it('a function that is too rough for any is said to be', () => {
    const rough = word((t) => 1e-3 * Math.sin(1e9 * t ** 2 + 1e12 * t));
    expect(rough).to.match(/^x: the differences do not settle \(the slope changes by .*\)$/);
  });

  it('a kink is found by bisection wherever it is', () => {
    for (const at of [0, 1e-10, -1e-10, 4e-8, -7e-8]) {
      const { distance } = kinkNear(
        lineOf((t) => 3 * Math.abs(t - at) + t),
        { reach: 1e-7 },
      );
      expect(distance).to.be.closeTo(at, 1e-3 * Math.abs(at) + 1e-15);
    }
  });
});
