import { localResponseNormalization, type Layer } from '@gradus/layers';

/**
 * Local response normalisation with the constants of A. Krizhevsky et al. 2012, section 3.3: n = 5
 * channels, k = 2, alpha = 1e-4, beta = 0.75.
 */
export function localResponses(name: string): Layer {
  return localResponseNormalization({ depthRadius: 2, bias: 2, alpha: 1e-4, beta: 0.75, name });
}
