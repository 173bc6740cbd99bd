import type { Random } from '@gradus/tensor';

/** A grey disc; its centre and radius are counted in points of the canvas. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** 0 is black, 1 white. */
  readonly grey: number;
}

/** The radii to draw from. */
export interface Radii {
  readonly smallest: number;
  readonly largest: number;
}

/**
 * An endless source of discs that may touch the square from 0 to `edge`: centres spread evenly over
 * the plane, radii with a density of 1/r^3, greys even from 0 to 1.
 *
 * Discs that miss the square are never drawn. A disc of radius r can touch it if its centre lies in
 * a square of edge + 2r, so among those that can, radii have the density
 * (edge + 2r)^2 / r^3 = edge^2/r^3 + 4 edge/r^2 + 4/r. Each of the three terms has an integral
 * that can be inverted: one is chosen by its weight, and the radius is drawn from it.
 */
export function discSource(random: Random, edge: number, { smallest, largest }: Radii): () => Disc {
  const ratio = largest / smallest;
  const cubic = (edge * edge * (smallest ** -2 - largest ** -2)) / 2;
  const square = 4 * edge * (1 / smallest - 1 / largest);
  const plain = 4 * Math.log(ratio);
  const nextRadius = (): number => {
    const term = random.uniform(0, cubic + square + plain);
    const u = random.uniform();
    if (term < cubic) return smallest / Math.sqrt(1 - u * (1 - ratio ** -2));
    if (term < cubic + square) return smallest / (1 - u * (1 - 1 / ratio));
    return smallest * ratio ** u;
  };
  return () => {
    const radius = nextRadius();
    const x = random.uniform(-radius, edge + radius);
    const y = random.uniform(-radius, edge + radius);
    return { x, y, radius, grey: random.uniform() };
  };
}
