import {
  add as sum,
  concat,
  div,
  maximum as larger,
  minimum as smaller,
  mul,
  reshape,
  sub,
} from '@gradus/autodiff';
import { broadcastShapes, formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { frozenOptions } from './options/frozenOptions';
import { defineLayer, type Layer } from './core/layer';
import { checkAxes, sampleAxes } from './options/sampleAxes';

/*
 * Layers that make one tensor of a list of them: where the branches of a graph meet. Samples of unlike
 * shapes are broadcast as numbers of operations are, from the last axis on; the batch stays first.
 */

/** A layer that takes a list of tensors. */
export type MergingLayer = Layer<readonly Tensor[], Tensor>;

/** Options of the layers that merge element by element. */
export interface MergingConfig {
  /** Default: the layer's kind. */
  readonly name?: string;
}

/**
 * The sum of all inputs, elementwise.
 * @throws ShapeError, when it is applied or built, if their shapes cannot be broadcast.
 */
export function add(config: MergingConfig = {}): MergingLayer {
  return merging('add', config, (xs) => xs.reduce((total, x) => sum(total, x)));
}

/**
 * The first of two inputs less the second, elementwise.
 * @throws ShapeError, when it is applied or built, if there are not two, or their shapes cannot be
 *   broadcast.
 */
export function subtract(config: MergingConfig = {}): MergingLayer {
  return merging('subtract', config, ([a, b]) => sub(a!, b!), 2);
}

/**
 * The product of all inputs, elementwise.
 * @throws ShapeError, when it is applied or built, if their shapes cannot be broadcast.
 */
export function multiply(config: MergingConfig = {}): MergingLayer {
  return merging('multiply', config, (xs) => xs.reduce((product, x) => mul(product, x)));
}

/**
 * The mean of all inputs, elementwise.
 * @throws ShapeError, when it is applied or built, if their shapes cannot be broadcast.
 */
export function average(config: MergingConfig = {}): MergingLayer {
  return merging('average', config, (xs) =>
    div(
      xs.reduce((total, x) => sum(total, x)),
      xs.length,
    ),
  );
}

/**
 * The largest of all inputs, elementwise; equal ones share the gradient.
 * @throws ShapeError, when it is applied or built, if their shapes cannot be broadcast.
 */
export function maximum(config: MergingConfig = {}): MergingLayer {
  return merging('maximum', config, (xs) => xs.reduce((most, x) => larger(most, x)));
}

/**
 * The smallest of all inputs, elementwise; equal ones share the gradient.
 * @throws ShapeError, when it is applied or built, if their shapes cannot be broadcast.
 */
export function minimum(config: MergingConfig = {}): MergingLayer {
  return merging('minimum', config, (xs) => xs.reduce((least, x) => smaller(least, x)));
}

/** Options of `concatenate`. */
export interface ConcatenateConfig extends MergingConfig {
  /** Along which axis; 0 is the batch, 1 the first axis of a sample. Default -1: channels. */
  readonly axis?: number;
}

/**
 * All inputs one after the other along an axis; along the others they are of the same sizes.
 * @throws OptionError if axis is no whole number.
 * @throws ShapeError, when it is applied or built, if there is no such axis, or other sizes differ.
 */
export function concatenate(given: ConcatenateConfig = {}): MergingLayer {
  const config = frozenOptions('concatenate', given);
  const { axis = -1, name } = config;
  checkAxes('concatenate', axis);
  if (typeof axis !== 'number') throw wrongOption('concatenate', 'one axis', axis);
  const axisOf = (first: Shape): number => sampleAxes('concatenate', axis, first)[0]!;
  return defineLayer<readonly Tensor[]>({
    kind: 'concatenate',
    name,
    config,
    outputShape(inputs) {
      checkList('concatenate', inputs);
      const [first] = inputs as readonly [Shape];
      const at = axisOf(first) - 1;
      const odd = inputs.find((shape) => !sameElsewhere(shape, first, at));
      if (odd === undefined)
        return first.with(
          at,
          inputs.reduce((n, shape) => n + shape[at]!, 0),
        );
      throw new ShapeError({
        op: 'concatenate',
        expected: `samples that differ from ${formatShape(first)} along axis ${at + 1} only`,
        received: formatShape(odd),
        hint: 'The batch, axis 0, is not shown.',
      });
    },
    build: ([first]) => {
      const at = axisOf(first!);
      return (xs) => concat(xs, { axis: at });
    },
  });
}

function sameElsewhere(a: Shape, b: Shape, axis: number): boolean {
  return a.length === b.length && a.every((size, i) => i === axis || size === b[i]);
}

function merging(
  kind: string,
  given: MergingConfig,
  merge: (xs: readonly Tensor[]) => Tensor,
  count?: number,
): MergingLayer {
  const config = frozenOptions(kind, given);
  return defineLayer<readonly Tensor[]>({
    kind,
    name: config.name,
    config,
    outputShape(inputs) {
      checkList(kind, inputs, count);
      return inputs.reduce((all, shape) => broadcastShapes(kind, all, shape));
    },
    build: () => (xs) => {
      const rank = Math.max(...xs.map((x) => x.rank));
      return merge(xs.map((x) => withAxes(x, rank)));
    },
  });
}

/** Gives a batch of samples more axes, each of size 1, behind that of the batch. */
function withAxes(x: Tensor, rank: number): Tensor {
  if (x.rank === rank) return x;
  const [batch, ...sample] = x.shape;
  const more = new Array<number>(rank - x.rank).fill(1);
  return reshape(x, [batch!, ...more, ...sample]);
}

function checkList(op: string, inputs: readonly Shape[], count?: number): void {
  const isList = Array.isArray(inputs) && inputs.every((shape) => Array.isArray(shape));
  if (isList && inputs.length > 0 && inputs.length === (count ?? inputs.length)) return;
  throw new ShapeError({
    op,
    expected: `a list of ${count ?? 'some'} tensors`,
    received: isList && inputs.length > 0 ? `${inputs.length} of them` : 'no list',
    hint: 'Apply it to a list of nodes: layer.apply([a, b]).',
  });
}
