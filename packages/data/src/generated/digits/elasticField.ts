import type { Random } from '@gradus/tensor';
import type { Move } from './strokes';

/** A distortion to draw. */
export interface ElasticOptions {
  /** Of what is distorted, from 0 on. */
  readonly size: readonly [width: number, height: number];
  /** Over what distance points move together: the standard deviation of the Gaussian. */
  readonly smoothness: number;
  /** How far points move along each axis: a standard deviation. */
  readonly strength: number;
}

/** Noise further away than so many standard deviations of the Gaussian is left out. */
const reach = 2;

/**
 * A random elastic distortion: points move with noise that was smoothed by a Gaussian, as those of
 * rubber do (P. Simard, D. Steinkraus, J. Platt, "Best practices for convolutional neural networks
 * applied to visual document analysis", ICDAR 2003, section 2). Here the noise stands on a lattice as
 * wide as the Gaussian, and what is smoothed is only what is asked for.
 */
export function elasticField(random: Random, options: ElasticOptions): Move {
  const { size, smoothness, strength } = options;
  const columns = latticeNodes(size[0], smoothness);
  const rows = latticeNodes(size[1], smoothness);
  const noise = Float64Array.from({ length: 2 * rows.length * columns.length }, () =>
    random.normal(),
  );
  const weights = (nodes: readonly number[], place: number): number[] =>
    nodes.map((node) => Math.exp(-0.5 * ((place - node) / smoothness) ** 2));
  return ([x, y]) => {
    const horizontal = weights(columns, x);
    let [dx, dy, squares, next] = [0, 0, 0, 0];
    for (const vertical of weights(rows, y)) {
      for (const factor of horizontal) {
        const weight = vertical * factor;
        dx += weight * noise[next++]!;
        dy += weight * noise[next++]!;
        squares += weight * weight;
      }
    }
    // The variance of a weighted sum of independent numbers is the sum of the squares of the weights.
    const scale = strength / Math.sqrt(squares);
    return [x + scale * dx, y + scale * dy];
  };
}

/** Where along an axis there is noise. */
function latticeNodes(length: number, spacing: number): readonly number[] {
  const count = Math.ceil(length / spacing + 2 * reach) + 1;
  return Array.from({ length: count }, (_, i) => (i - reach) * spacing);
}
