import { add, mul, type PerAxis, type Variable } from '@gradus/autodiff';
import { zeros, type FloatDType, type Tensor } from '@gradus/tensor';
import { resolveActivation, type Activation } from '../activations/activations';
import type { Affine, Call, Following, FusedCall } from '../core/call';
import type { Value } from '../core/value';

/*
 * Neighbouring layers as one operation. A product of x and a kernel, a convolution or a dense layer,
 * takes what follows it with it where there is an operation that computes both in one pass over memory.
 * All that can follow stands in `fusions`. The results are those of the plain chain, in value and
 * gradient, but for rounding; `joinCalls` does it for a chain of layers.
 */

/** A product of x and a kernel, whose last axis is that of the results' channels. */
export interface LinearMap {
  readonly kernel: Variable;
  /** [channels], or none. */
  readonly bias: Variable | undefined;
  /** The product alone. */
  product(x: Tensor, kernel: Tensor): Tensor;
  /** The product plus a bias, with `relu` the positive part of that. */
  withBias(x: Tensor, weights: Weights, options: { readonly relu: boolean }): Tensor;
  /** The same, and then 2x2 max pooling. */
  pooled?(x: Tensor, weights: Weights, options: { readonly relu: boolean }): Tensor;
}

interface Weights {
  readonly kernel: Tensor;
  readonly bias: Tensor;
}

/** What is computed with a product. */
interface Tail {
  /** A normalisation: its numbers are multiplied into the kernel and the bias. */
  readonly affine?: Affine;
  readonly relu: boolean;
  readonly pool: boolean;
}

/** One kind of layer that a product can take with it: what then is computed, if it can. */
type Fusion = (map: LinearMap, tail: Tail, next: Following) => Tail | undefined;

const fusions: readonly Fusion[] = [
  // Normalisation that only scales and shifts, as that of a batch does outside training.
  (_, tail, { call: { affine } }) =>
    affine !== undefined && tail.affine === undefined && !tail.relu && !tail.pool
      ? { ...tail, affine }
      : undefined,
  // Positive part.
  (_, tail, { layer }) =>
    isRelu(layer) && !tail.relu && !tail.pool ? { ...tail, relu: true } : undefined,
  // Max pooling of 2x2 pixels.
  (map, tail, { layer }) =>
    isSquareMaxPooling(layer) && map.pooled !== undefined && !tail.pool
      ? { ...tail, pool: true }
      : undefined,
];

/** The call of a layer that computes a product, adds the bias if there is one, and activates. */
export function linearCall(map: LinearMap, activation: Activation = 'linear'): Call {
  const activate = resolveActivation(activation);
  const { kernel, bias } = map;
  if (bias === undefined) {
    const call: Call = (x) => activate(map.product(x, kernel.value));
    return activation === 'linear' ? withFusions(call, map, { relu: false, pool: false }) : call;
  }
  if (activation !== 'linear' && activation !== 'relu') {
    const options = { relu: false };
    return (x) => activate(map.withBias(x, { kernel: kernel.value, bias: bias.value }, options));
  }
  return fusedCall(map, { relu: activation === 'relu', pool: false });
}

function fusedCall(map: LinearMap, tail: Tail): FusedCall {
  const { affine, relu, pool } = tail;
  const call: Call = (x) => {
    const weights = weightsOf(map, affine);
    return pool ? map.pooled!(x, weights, { relu }) : map.withBias(x, weights, { relu });
  };
  const applies: FusedCall['applies'] = (context) => affine?.applies(context) ?? true;
  return Object.assign(withFusions(call, map, tail), { applies });
}

function withFusions(call: Call, map: LinearMap, tail: Tail): Call {
  const followedBy = (next: Following): FusedCall | undefined => {
    for (const fusion of fusions) {
      const longer = fusion(map, tail, next);
      if (longer !== undefined) return fusedCall(map, longer);
    }
    return undefined;
  };
  return Object.assign(call, { followedBy });
}

/** With factor f and shift s of the channels: f (x k + b) + s = x (f k) + (f b + s). */
function weightsOf({ kernel, bias }: LinearMap, affine: Affine | undefined): Weights {
  const [k, b] = [kernel.value, bias?.value];
  if (affine === undefined) {
    return { kernel: k, bias: b ?? zeros([k.shape.at(-1)!], k.dtype as FloatDType) };
  }
  const { factor, shift } = affine.read();
  return { kernel: mul(k, factor), bias: b === undefined ? shift : add(mul(b, factor), shift) };
}

/** Whether a layer gives the positive part of what it gets, and no more. */
function isRelu({ kind, config }: Following['layer']): boolean {
  if (kind === 'activation') return 'activation' in config && config.activation === 'relu';
  return kind === 'relu' && Object.keys(config).every((option) => option === 'name');
}

/** What decides which pixels max pooling compares. */
interface PoolingOptions {
  readonly poolSize?: PerAxis;
  readonly strides?: PerAxis;
  readonly padding?: unknown;
}

/** Whether a layer is max pooling over squares of 2x2 pixels next to each other, without padding. */
function isSquareMaxPooling({ kind, config }: Following['layer']): boolean {
  if (kind !== 'maxPooling2d') return false;
  const options: PoolingOptions = config;
  const { poolSize = 2, strides = poolSize, padding = 'valid' } = options;
  const twoByTwo = (size: PerAxis): boolean => [size].flat().every((n) => n === 2);
  return twoByTwo(poolSize) && twoByTwo(strides) && padding === 'valid';
}

/** A layer of a chain, and its call. */
export interface Link<V extends Value> {
  readonly layer: Following['layer'];
  readonly call: Call<V, V>;
}

/** The calls of layers one after the other, where two or more are one if they can be. */
export function joinCalls<V extends Value>(links: readonly Link<V>[]): readonly Call<V, V>[] {
  const calls: Call<V, V>[] = [];
  for (const { layer, call } of links) {
    const before = calls.at(-1);
    const fused = before?.followedBy?.({ layer, call });
    if (before === undefined || fused === undefined) calls.push(call);
    else calls[calls.length - 1] = joined([before, call], fused);
  }
  return calls;
}

/** Two calls as one whenever that applies. */
function joined<V extends Value>(
  [first, second]: readonly [Call<V, V>, Call<V, V>],
  fused: FusedCall<V, V>,
): Call<V, V> {
  const call: Call<V, V> = (x, context) =>
    fused.applies(context) ? fused(x, context) : second(first(x, context), context);
  return Object.assign(call, { followedBy: fused.followedBy });
}
