import { adamOptions } from '../../data/networks';
import type { ParamsAndGrads } from './convnet';

/**
 * Adam for the weights of ConvNetJS, whose own multiplies by the correction of the means where it has
 * to divide (https://github.com/karpathy/convnetjs/pull/70). The gradients are sums over a batch and
 * are cleared.
 */
export function adam(weights: readonly ParamsAndGrads[], batch: number): () => void {
  const { learningRate, beta1, beta2, epsilon } = adamOptions;
  const means = weights.map(({ params }) => new Float64Array(params.length));
  const squares = weights.map(({ params }) => new Float64Array(params.length));
  let step = 0;
  return () => {
    step++;
    const rate = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    weights.forEach(({ params, grads }, which) => {
      const [mean, square] = [means[which]!, squares[which]!];
      for (let i = 0; i < params.length; i++) {
        const gradient = grads[i]! / batch;
        mean[i] = beta1 * mean[i]! + (1 - beta1) * gradient;
        square[i] = beta2 * square[i]! + (1 - beta2) * gradient * gradient;
        params[i]! -= (rate * mean[i]!) / (Math.sqrt(square[i]!) + epsilon);
        grads[i] = 0;
      }
    });
  };
}
