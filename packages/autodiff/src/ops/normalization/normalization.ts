import { ones, sizeOf, type FloatDType, type Tensor } from '@gradus/tensor';
import { defineOp } from '../../op';
import { add, div, mul, neg, sub } from '../elementwise/arithmetic';
import { checkChannels, checkLike, checkPairs, channelsOf } from './channels';
import { sqrt } from '../elementwise/elementwise';
import { defaultEpsilon, moments, newPair, row, rowsOf, statisticsOf } from './moments';
import { sum } from '../reductions/reduction';

/*
 * Batch normalisation (S. Ioffe, C. Szegedy, arXiv:1502.03167) of x [..., channels], channel by
 * channel. With n numbers in a channel, their mean m, their variance v, c = x - m, r = 1 / sqrt(v +
 * epsilon), and z = r c, there are three maps:
 *
 *     N(x; gamma, beta) = gamma z + beta                             batchNormalization
 *     S(dy, x)          = [sum dy z, sum dy]                         ...ParameterGradient
 *     G(dy, x; gamma)   = gamma r (dy - sum dy / n - z sum(dy z) / n)   ...InputGradient
 *
 * N is linear in [gamma, beta], and S its adjoint there; G is its gradient in x, since m and v depend
 * on x. So the gradients of N and S are these maps again:
 *
 *     of N: G(dy, x; gamma) in x, S(dy, x) in [gamma, beta]
 *     of S, with g = [g1, g2]: N(x; g1, g2) in dy, G(dy, x; g1) in x
 *
 * G is linear and symmetric in dy: its adjoint there is G(., x; gamma). Only its gradient in x is
 * new, and written in plain operations; it is wanted for second derivatives alone.
 */

/** Options of batch normalisation. */
export interface BatchNormalizationOptions {
  /** Added to the variance; at least 0. Default 1e-3. */
  readonly epsilon?: number;
  /** `moments(x)`, if they are known already; of anything else the results would be wrong. */
  readonly moments?: Tensor;
}

/** Options of `batchNormalizationInputGradient`. */
export interface BatchNormalizationInputGradientOptions extends BatchNormalizationOptions {
  /** `batchNormalizationParameterGradient(dy, x)`, if it is known already. */
  readonly parameterGradient?: Tensor;
}

/**
 * gamma (x - mean) / sqrt(variance + epsilon) + beta, channel by channel, for x [..., channels] and
 * the others [channels], whose numbers need not be those of x. Default epsilon 1e-3.
 */
export const normalize = defineOp({
  name: 'normalize',
  inputs: ['x', 'mean', 'variance', 'gamma', 'beta'],
  shape: ({ x, ...others }, _: { readonly epsilon?: number } | undefined) => {
    checkChannels('normalize', x, others);
    return x;
  },
  compute: (backend, { x, mean, variance, ...parameters }, options, out) => {
    const { epsilon = defaultEpsilon } = options ?? {};
    backend.normalize(x, { mean, variance, epsilon }, parameters, out);
  },
  gradient: (dy, { inputs: { x, mean, variance, gamma }, attributes }) => {
    const factor = (): Tensor => div(1, sqrt(add(variance, attributes?.epsilon ?? defaultEpsilon)));
    return {
      x: (): Tensor => mul(dy, mul(gamma, factor())),
      mean: (): Tensor => neg(mul(dy, mul(gamma, factor()))),
      variance: (): Tensor => {
        const cube = mul(factor(), mul(factor(), factor()));
        return mul(mul(dy, sub(x, mean)), mul(mul(gamma, cube), -0.5));
      },
      gamma: (): Tensor => mul(dy, mul(sub(x, mean), factor())),
      beta: (): Tensor => dy,
    };
  },
  samples: [
    {
      inputs: { x: 'kmn', mean: 'n', variance: 'n', gamma: 'n', beta: 'n' },
      domain: [0.25, 4],
    },
    {
      inputs: { x: 'mn', mean: 'n', variance: 'n', gamma: 'n', beta: 'n' },
      attributes: { epsilon: 0.25 },
      sizes: { n: 5 },
      domain: [0.25, 4],
    },
  ],
});

/**
 * Normalises each channel of x [..., channels] by its own mean and variance over all other axes:
 * gamma (x - mean) / sqrt(variance + epsilon) + beta, with gamma and beta [channels].
 */
export const batchNormalization = defineOp({
  name: 'batchNormalization',
  inputs: ['x', 'gamma', 'beta'],
  shape: ({ x, ...parameters }, options: BatchNormalizationOptions | undefined) => {
    checkChannels('batchNormalization', x, parameters);
    checkPairs('batchNormalization', x, { moments: options?.moments });
    return x;
  },
  compute: (backend, { x, ...parameters }, options, out) => {
    const { statistics, moments: own } = statisticsOf(backend, x, options);
    backend.normalize(x, statistics, parameters, out);
    return own;
  },
  gradient: (dy, { inputs: { x, gamma }, attributes, saved: own = moments(x) }) => {
    const known = { ...attributes, moments: own };
    // Both parameters' gradients, and that of x, are made of the same sums.
    let sums: Tensor | undefined;
    const gradients = (): Tensor => (sums ??= batchNormalizationParameterGradient(dy, x, known));
    return {
      x: (): Tensor =>
        batchNormalizationInputGradient(dy, x, gamma, { ...known, parameterGradient: gradients() }),
      gamma: (): Tensor => row(gradients(), 0),
      beta: (): Tensor => row(gradients(), 1),
    };
  },
  samples: [
    { inputs: { x: 'kmn', gamma: 'n', beta: 'n' }, attributes: { epsilon: 0.25 } },
    { inputs: { x: 'mn', gamma: 'n', beta: 'n' }, sizes: { m: 4, n: 5 }, distinct: true },
  ],
});

/** The gradient of a loss with respect to the gamma and beta of `batchNormalization`: [2, channels]. */
export const batchNormalizationParameterGradient = defineOp({
  name: 'batchNormalizationParameterGradient',
  inputs: ['dy', 'x'],
  shape: ({ dy, x }, options: BatchNormalizationOptions | undefined) => {
    const op = 'batchNormalizationParameterGradient';
    checkLike(op, dy, x);
    checkPairs(op, x, { moments: options?.moments });
    return [2, channelsOf(op, x)];
  },
  compute: (backend, { dy, x }, options, out) => {
    const [gamma, beta] = rowsOf(out);
    const { statistics } = statisticsOf(backend, x, options);
    backend.normalizeParameterGradient(dy, x, statistics, { gamma, beta });
  },
  gradient: (g, { inputs: { dy, x }, output, attributes }) => ({
    dy: (): Tensor => batchNormalization(x, row(g, 0), row(g, 1), attributes),
    x: (): Tensor =>
      batchNormalizationInputGradient(dy, x, row(g, 0), {
        ...attributes,
        parameterGradient: output,
      }),
  }),
  samples: [
    { inputs: { dy: 'kmn', x: 'kmn' }, attributes: { epsilon: 0.25 } },
    { inputs: { dy: 'mn', x: 'mn' }, sizes: { m: 4, n: 5 }, distinct: true },
  ],
});

/** The gradient of a loss with respect to the x of `batchNormalization`, from dy; linear in dy. */
export const batchNormalizationInputGradient = defineOp({
  name: 'batchNormalizationInputGradient',
  inputs: ['dy', 'x', 'gamma'],
  shape: ({ dy, x, gamma }, options: BatchNormalizationInputGradientOptions | undefined) => {
    const op = 'batchNormalizationInputGradient';
    checkLike(op, dy, x);
    checkChannels(op, x, { gamma });
    const { moments: known, parameterGradient } = options ?? {};
    checkPairs(op, x, { moments: known, parameterGradient });
    return x;
  },
  compute: (backend, { dy, x, gamma }, options, out) => {
    const { statistics } = statisticsOf(backend, x, options);
    const sums = options?.parameterGradient ?? newPair(backend, x);
    const gradient = { gamma: rowsOf(sums)[0], beta: rowsOf(sums)[1] };
    if (options?.parameterGradient === undefined) {
      backend.normalizeParameterGradient(dy, x, statistics, gradient);
    }
    backend.batchNormalizationInputGradient([dy, x], statistics, { gamma, gradient }, out);
  },
  gradient: (ddx, { inputs: { dy, x, gamma }, attributes }) => {
    const { epsilon = defaultEpsilon, moments: known } = attributes ?? {};
    const options = { epsilon, ...(known === undefined ? {} : { moments: known }) };
    return {
      dy: (): Tensor => batchNormalizationInputGradient(ddx, x, gamma, options),
      gamma: (): Tensor => {
        const one = ones(gamma.shape, gamma.dtype as FloatDType);
        return mul(ddx, batchNormalizationInputGradient(dy, x, one, options));
      },
      x: (): Tensor => secondGradient([ddx, dy], x, { gamma, epsilon }),
    };
  },
  samples: [
    { inputs: { dy: 'kmn', x: 'kmn', gamma: 'n' }, attributes: { epsilon: 0.25 } },
    { inputs: { dy: 'mn', x: 'mn', gamma: 'n' }, sizes: { m: 4, n: 5 }, distinct: true },
  ],
});

/**
 * The gradient in x of <u, G(w, x; gamma)>. With centred u, w and c, A = sum u w, B = sum u c and
 * C = sum w c, that is gamma (r A - r^3 B C / n); and r, of which r^2 = 1 / (sum c^2 / n + epsilon),
 * has the gradient -r^3 c / n, A none, B and C have u and w. So the gradient is
 * -gamma r^3 / n ((A - 3 r^2 B C / n) c + C u + B w).
 */
function secondGradient(
  slopes: readonly [u: Tensor, w: Tensor],
  x: Tensor,
  { gamma, epsilon }: { readonly gamma: Tensor; readonly epsilon: number },
): Tensor {
  const n = sizeOf(x.shape.slice(0, -1));
  const [u, w, c] = [...slopes, x].map(centred) as [Tensor, Tensor, Tensor];
  const [a, b, d] = [mul(u, w), mul(u, c), mul(w, c)].map(sumOfChannels) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const squared = div(1, add(row(moments(x), 1), epsilon));
  const along = sub(a, mul(mul(squared, 3 / n), mul(b, d)));
  const total = add(mul(along, c), add(mul(d, u), mul(b, w)));
  return mul(mul(gamma, mul(mul(squared, sqrt(squared)), -1 / n)), total);
}

function centred(x: Tensor): Tensor {
  return sub(x, row(moments(x), 0));
}

function sumOfChannels(x: Tensor): Tensor {
  return sum(x, { axis: x.shape.slice(0, -1).map((_, axis) => axis) });
}
