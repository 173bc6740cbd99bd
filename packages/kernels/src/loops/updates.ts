import type { AdamStep, MomentumStep } from '../updates';
import { rowMajorNumbers } from './rowMajorNumbers';

/** See `Backend.adam`. */
export function adam({ out, beta1, beta2, epsilon, rate, ...given }: AdamStep): void {
  const [weight, gradient] = [rowMajorNumbers(given.weight), rowMajorNumbers(given.gradient)];
  const [mean, meanSquare] = [rowMajorNumbers(given.mean), rowMajorNumbers(given.meanSquare)];
  const [newWeight, newMean] = [rowMajorNumbers(out.weight), rowMajorNumbers(out.mean)];
  const newMeanSquare = rowMajorNumbers(out.meanSquare);
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
  const [weight, gradient] = [rowMajorNumbers(given.weight), rowMajorNumbers(given.gradient)];
  const velocity = rowMajorNumbers(given.velocity);
  const [newWeight, newVelocity] = [rowMajorNumbers(out.weight), rowMajorNumbers(out.velocity)];
  for (let i = 0; i < weight.length; i++) {
    const step = rate * gradient[i]!;
    const v = kept * velocity[i]! - step;
    newVelocity[i] = v;
    newWeight[i] = weight[i]! + (nesterov ? kept * v - step : v);
  }
}
