import type { View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import type { BatchGradient, Moments, ScaleAndShift, Statistics } from '../normalization';
import { indices } from './indices';

/** See `Backend.moments`. */
export function moments(x: View, out: Moments): void {
  const [array, means, variances] = [x, out.mean, out.variance].map(toNdarray) as Arrays<3>;
  forEachChannel(x, (channel, places) => {
    const mean = total(places, (place) => array.get(...place)) / places.length;
    const squares = total(places, (place) => (array.get(...place) - mean) ** 2);
    means.set(channel, mean);
    variances.set(channel, squares / places.length);
  });
}

/** See `Backend.normalize`. */
export function normalize(
  x: View,
  statistics: Statistics,
  { gamma, beta }: ScaleAndShift,
  out: View,
): void {
  const [result, scale, shift] = [out, gamma, beta].map(toNdarray) as Arrays<3>;
  const normalized = normalizer(x, statistics);
  forEachChannel(x, (channel, places) => {
    for (const place of places) {
      result.set(...place, scale.get(channel) * normalized(place) + shift.get(channel));
    }
  });
}

/** See `Backend.normalizeParameterGradient`. */
export function normalizeParameterGradient(
  dy: View,
  x: View,
  statistics: Statistics,
  out: ScaleAndShift,
): void {
  const [slope, dgamma, dbeta] = [dy, out.gamma, out.beta].map(toNdarray) as Arrays<3>;
  const normalized = normalizer(x, statistics);
  forEachChannel(x, (channel, places) => {
    dgamma.set(
      channel,
      total(places, (place) => slope.get(...place) * normalized(place)),
    );
    dbeta.set(
      channel,
      total(places, (place) => slope.get(...place)),
    );
  });
}

/** See `Backend.batchNormalizationInputGradient`. */
export function batchNormalizationInputGradient(
  [dy, x]: readonly [dy: View, x: View],
  statistics: Statistics,
  { gamma, gradient }: BatchGradient,
  out: View,
): void {
  const [slope, dx, scale] = [dy, out, gamma].map(toNdarray) as Arrays<3>;
  const [dgamma, dbeta] = [gradient.gamma, gradient.beta].map(toNdarray) as Arrays<2>;
  const normalized = normalizer(x, statistics);
  const variance = toNdarray(statistics.variance);
  forEachChannel(x, (channel, places) => {
    const n = places.length;
    const factor = scale.get(channel) / Math.sqrt(variance.get(channel) + statistics.epsilon);
    for (const place of places) {
      const centred = slope.get(...place) - dbeta.get(channel) / n;
      dx.set(...place, factor * (centred - (normalized(place) * dgamma.get(channel)) / n));
    }
  });
}

type NdArray = ReturnType<typeof toNdarray>;
type Arrays<N extends 2 | 3> = N extends 2 ? [NdArray, NdArray] : [NdArray, NdArray, NdArray];

/** (x - mean) / sqrt(variance + epsilon) at a place. */
function normalizer(x: View, { epsilon, ...given }: Statistics): (place: number[]) => number {
  const [array, mean, variance] = [x, given.mean, given.variance].map(toNdarray) as Arrays<3>;
  return (place) => {
    const channel = place.at(-1)!;
    return (array.get(...place) - mean.get(channel)) / Math.sqrt(variance.get(channel) + epsilon);
  };
}

/** Visits each channel with its places in x. */
function forEachChannel(
  { shape }: View,
  visit: (channel: number, places: readonly number[][]) => void,
): void {
  const others = [...indices(shape.slice(0, -1))];
  for (let channel = 0; channel < shape.at(-1)!; channel++) {
    visit(
      channel,
      others.map((place) => [...place, channel]),
    );
  }
}

function total(places: readonly number[][], f: (place: number[]) => number): number {
  return places.reduce((sum, place) => sum + f(place), 0);
}
