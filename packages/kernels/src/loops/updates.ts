import { isRowMajor, sizeOf, toTypedArray, type TypedArray, type View } from '@gradus/tensor';
import type { AdamStep, MomentumStep } from '../updates';

/** See `Backend.adam`. */
export function adam({ out, beta1, beta2, epsilon, rate, ...given }: AdamStep): void {
  const [weight, gradient] = [numbersOf(given.weight), numbersOf(given.gradient)];
  const [mean, meanSquare] = [numbersOf(given.mean), numbersOf(given.meanSquare)];
  const [newWeight, newMean] = [numbersOf(out.weight), numbersOf(out.mean)];
  const newMeanSquare = numbersOf(out.meanSquare);
  for (let i = 0; i < weight.length; i++) {
    const g = gradient[i]!;
    const m = beta1 * mean[i]! + (1 - beta1) * g;
    const v = beta2 * meanSquare[i]! + (1 - beta2) * g * g;
    newMean[i] = m;
    newMeanSquare[i] = v;
    newWeight[i] = weight[i]! - (rate * m) / (Math.sqrt(v) + epsilon);
  }
}

/** See `Backend.momentum`. */
export function momentum({ out, rate, nesterov, momentum: kept, ...given }: MomentumStep): void {
  const [weight, gradient] = [numbersOf(given.weight), numbersOf(given.gradient)];
  const velocity = numbersOf(given.velocity);
  const [newWeight, newVelocity] = [numbersOf(out.weight), numbersOf(out.velocity)];
  for (let i = 0; i < weight.length; i++) {
    const step = rate * gradient[i]!;
    const v = kept * velocity[i]! - step;
    newVelocity[i] = v;
    newWeight[i] = weight[i]! + (nesterov ? kept * v - step : v);
  }
}

/** The numbers row by row: those in the storage, where they lie so, otherwise a copy. */
function numbersOf(view: View): TypedArray {
  if (!isRowMajor(view)) return toTypedArray(view);
  return view.data.subarray(view.offset, view.offset + sizeOf(view.shape));
}
