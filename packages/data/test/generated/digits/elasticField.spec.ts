import { expect } from 'chai';
import { Random } from '@gradus/tensor';
import { elasticField } from '../../../src/generated/digits/elasticField';

describe('elasticField', () => {
  const options = { size: [6, 10], smoothness: 3, strength: 0.5 } as const;
  const places = [[0, 0], [6, 10], [3, 5], [1.5, 8]] as const; // prettier-ignore

  /** How far fields move a point, in many draws. */
  const moves = (x: number, y: number): readonly number[] =>
    Array.from({ length: 1000 }, (_, i) => {
      const [toX, toY] = elasticField(new Random(i), options)([x, y]);
      return [toX - x, toY - y];
    }).flat();

  it('moves points in the middle and at the border by its strength, in all directions', () => {
    for (const [x, y] of places) {
      const distances = moves(x, y);
      const mean = distances.reduce((sum, d) => sum + d, 0) / distances.length;
      const variance = distances.reduce((sum, d) => sum + d * d, 0) / distances.length;
      expect(mean).to.be.closeTo(0, 0.04);
      expect(Math.sqrt(variance)).to.be.closeTo(0.5, 0.03);
    }
  });

  it('moves neighbours together, and points far apart independently', () => {
    // Noise smoothed by a Gaussian correlates as exp(-distance^2 / (4 smoothness^2)).
    const [here, near, far] = [moves(3, 1), moves(3, 4), moves(3, 10)];
    const correlation = (other: readonly number[]): number =>
      here.reduce((sum, d, i) => sum + d * other[i]!, 0) / here.length / 0.25;
    expect(correlation(near)).to.be.closeTo(Math.exp(-1 / 4), 0.06);
    expect(correlation(far)).to.be.closeTo(Math.exp(-9 / 4), 0.06);
  });

  it('moves x and y apart', () => {
    const both = moves(3, 5);
    let product = 0;
    for (let i = 0; i < both.length; i += 2) product += both[i]! * both[i + 1]!;
    expect(product / (both.length / 2) / 0.25).to.be.closeTo(0, 0.06);
  });

  it('moves nothing without strength', () => {
    const still = elasticField(new Random(1), { ...options, strength: 0 });
    for (const place of places) expect(still(place)).to.deep.equal(place);
  });
});
