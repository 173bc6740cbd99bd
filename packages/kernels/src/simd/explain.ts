import type { ConvGeometry } from '../convGeometry';
import { ruleFor } from './convolution/choice';
import type { ConvKernel } from './convolution/operands';
import { productRuleFor } from './matMul/choice';

/** How the engine `simd` computes something. */
export interface Explanation {
  /** Such as 'direct'. */
  readonly algorithm: string;
  /** When this algorithm is taken, in words. */
  readonly when: string;
}

/** Which algorithm the engine `simd` takes for a convolution or one of its gradients. */
export function explainConvolution(kernel: ConvKernel, geometry: ConvGeometry): Explanation {
  const { algorithm, when } = ruleFor(kernel, geometry);
  return { algorithm, when };
}

/** Which algorithm the engine `simd` takes for [m, depth] times [depth, n], both row-major. */
export function explainMatMul(m: number, n: number, depth: number): Explanation {
  const { algorithm, when } = productRuleFor({
    m,
    n,
    depth,
    a: { address: 0, rowStep: depth, columnStep: 1 },
    b: { address: 0, rowStep: n, columnStep: 1 },
    out: { address: 0, rowStep: n },
  });
  return { algorithm, when };
}
