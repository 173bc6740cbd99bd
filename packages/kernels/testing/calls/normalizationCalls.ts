import type { DType, Shape, Tensor, View } from '@gradus/tensor';
import { shapes, views } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { Backend } from '../../src/index';
import { anyNumbers } from '../generators/anyNumbers';
import type { CallOptions, KernelCall } from './kernelCall';
import { places } from './kernelCalls';

/** The kernels of normalisation. */
export type NormalizationKernel =
  'moments' | 'normalize' | 'normalizeParameterGradient' | 'batchNormalizationInputGradient';

/** What is given for each channel. */
type Role = 'mean' | 'variance' | 'gamma' | 'beta' | 'dgamma' | 'dbeta';

type Given = Readonly<Record<Role, View>> & { readonly epsilon: number };

interface Signature {
  /** How many arguments are shaped like x, the first ones. */
  readonly images: 1 | 2;
  /** The others, a number for each channel. */
  readonly channels: readonly Role[];
  /** Whether there are two results, a number for each channel; otherwise one, shaped like x. */
  readonly givesPair: boolean;
  readonly run: (
    backend: Backend,
    images: readonly View[],
    given: Given,
    out: readonly [View, View],
  ) => void;
}

const signatures: Readonly<Record<NormalizationKernel, Signature>> = {
  moments: {
    images: 1,
    channels: [],
    givesPair: true,
    run: (backend, [x], _, [mean, variance]) => backend.moments(x!, { mean, variance }),
  },
  normalize: {
    images: 1,
    channels: ['mean', 'variance', 'gamma', 'beta'],
    givesPair: false,
    run: (backend, [x], given, [out]) => backend.normalize(x!, given, given, out),
  },
  normalizeParameterGradient: {
    images: 2,
    channels: ['mean', 'variance'],
    givesPair: true,
    run: (backend, [dy, x], given, [gamma, beta]) =>
      backend.normalizeParameterGradient(dy!, x!, given, { gamma, beta }),
  },
  batchNormalizationInputGradient: {
    images: 2,
    channels: ['mean', 'variance', 'gamma', 'dgamma', 'dbeta'],
    givesPair: false,
    run: (backend, [dy, x], { gamma, dgamma, dbeta, ...statistics }, [out]) => {
      const gradient = { gamma: dgamma, beta: dbeta };
      backend.batchNormalizationInputGradient([dy!, x!], statistics, { gamma, gradient }, out);
    },
  },
};

/** The names of the kernels of normalisation. */
export const normalizationKernels = Object.keys(signatures) as readonly NormalizationKernel[];

/** Shapes of images for normalisation: any number of axes, of rows and of channels, none included. */
const imageShapes = fc
  .tuple(
    shapes({ maxRank: 3, minSize: 0, maxSize: 5 }),
    fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 70 })),
  )
  .map(([others, channels]): Shape => [...others, channels]);

/** Calls of a kernel of normalisation; float32 or float64. Of two results, each is checked in turn. */
export function normalizationCalls(
  kernel: NormalizationKernel,
  dtype: DType,
  { specials }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  const { images, channels, givesPair, run } = signatures[kernel];
  const nearZero = { dtype, domain: { low: -4, high: 4 } };
  return imageShapes.chain((shape) => {
    const perChannel = [shape.at(-1)!];
    const numbers = Array.from({ length: images }, () => anyNumbers(shape, nearZero, specials));
    const parameters = channels.map((role): fc.Arbitrary<Tensor> =>
      role === 'variance'
        ? views(perChannel, { dtype, domain: { low: 1 / 4, high: 4 } })
        : anyNumbers(perChannel, nearZero, specials),
    );
    return fc
      .record({ epsilon: fc.constantFrom(1e-3, 0.25), second: fc.boolean() })
      .chain(({ epsilon, second }) =>
        fc.record({
          kernel: fc.constant(`${kernel} with epsilon ${epsilon}, result ${Number(second)}`),
          inputs: fc.tuple(...numbers, ...parameters),
          out: places(dtype, givesPair ? perChannel : shape),
          exact: fc.constant(false),
          run: fc.constant<KernelCall['run']>((backend, inputs, out) => {
            const given = Object.fromEntries(
              channels.map((role, i) => [role, inputs[images + i]!]),
            ) as Record<Role, View>;
            const other = backend.allocate(out.dtype, perChannel[0]!);
            const beside: View = { ...out, data: other.data, offset: 0 };
            run(
              backend,
              inputs.slice(0, images),
              { ...given, epsilon },
              second && givesPair ? [beside, out] : [out, beside],
            );
          }),
        }),
      );
  });
}
