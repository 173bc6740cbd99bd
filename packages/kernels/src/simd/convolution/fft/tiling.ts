import { effectiveKernelSize, type ConvGeometry } from '../../../convGeometry';
import { transformLengths, type TransformLength } from './length';

/** How the result of a convolution is cut into tiles along one axis. */
export interface AxisTiling extends TransformLength {
  readonly tiles: number;
  /** Positions of the result that a tile computes, the last one perhaps fewer. */
  readonly step: number;
}

/** How the result of a convolution is cut into tiles, and what that costs. */
export interface Tiling {
  readonly vertical: AxisTiling;
  readonly horizontal: AxisTiling;
  /** The work, in numbers that go through a pass of a transform. */
  readonly work: number;
}

/*
 * The cost of a convolution, measured. The unit is a number that goes through a pass of radix 4: about
 * 0.3 ns.
 */

/** A transform of a filter, in transforms of a pair of tiles: most rows of its plane are 0. */
const filterTransform = 0.6;
/** A product of two spectra, in passes. */
const productCost = 3;
/** Copying a number of one of several channels into or out of a plane, in passes. */
const copyCost = 4;
/** What is done once for each transform of a pair of tiles, whatever their size. */
const pairCost = 4000;
/** What is done once for each convolution. */
const callCost = 25_000;

/** A geometry is asked about when a rule is chosen, and again when it is applied. */
const known = new WeakMap<ConvGeometry, Tiling>();

/**
 * The cheapest way to cut the result of a convolution into tiles, which are transformed two at a time,
 * as real and imaginary part: long transforms waste little on what neighbouring tiles both see, short
 * ones little on a last tile that is nearly empty. `undefined` if the kernel is too long for any.
 */
export function tilingOf(geometry: ConvGeometry): Tiling | undefined {
  const tiling = known.get(geometry) ?? cheapestTiling(geometry);
  if (tiling !== undefined) known.set(geometry, tiling);
  return tiling;
}

/** A number that goes through a pass takes about as long as so many products of a direct kernel. */
const productsPerPass = 6;

/** The work of a convolution, in products. */
export function productsOf(geometry: ConvGeometry): number {
  return productsPerPass * tilingOf(geometry)!.work;
}

function cheapestTiling(geometry: ConvGeometry): Tiling | undefined {
  const { batch, input, output, groups, filter, dilations } = geometry;
  const [channels, filters] = [input.channels / groups, output.channels / groups];
  const rows = axisTilings(output.height, effectiveKernelSize(filter.height, dilations.vertical));
  const columns = axisTilings(
    output.width,
    effectiveKernelSize(filter.width, dilations.horizontal),
  );
  const copied = (input.channels > 1 ? channels : 0) + (output.channels > 1 ? filters : 0);
  let best: Tiling | undefined;
  for (const vertical of rows) {
    for (const horizontal of columns) {
      const pairs = Math.ceil((batch * vertical.tiles * horizontal.tiles) / 2);
      const transforms = pairs * (channels + filters) + filterTransform * channels * filters;
      const others = pairs * (channels * filters * productCost + copied * copyCost);
      const area = vertical.length * horizontal.length;
      const perNumber = (vertical.cost + horizontal.cost) * transforms + others;
      const work = callCost + groups * (area * perNumber + pairCost * transforms);
      if (best === undefined || work < best.work) best = { vertical, horizontal, work };
    }
  }
  return best;
}

/** The ways to cut an axis: for each number of tiles the cheapest length. */
function axisTilings(size: number, reach: number): AxisTiling[] {
  const tilings: AxisTiling[] = [];
  for (const { length, cost } of transformLengths()) {
    const most = length - reach + 1;
    if (most < 1) continue;
    const tiles = Math.ceil(size / most);
    const previous = tilings.at(-1);
    if (previous?.tiles === tiles) {
      if (length * cost >= previous.length * previous.cost) continue;
      tilings.pop();
    }
    tilings.push({ length, cost, tiles, step: Math.ceil(size / tiles) });
    if (tiles === 1 && most >= 1.5 * size) break;
  }
  return tilings;
}
