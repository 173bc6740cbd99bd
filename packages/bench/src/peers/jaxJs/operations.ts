import type { ConvolutionTask, ElementwiseTask, MatMulTask } from '../../cases/task';
import { convolutionInputs, elementwiseInputs, matMulInputs } from '../../data/inputs';
import { channelsFirst, channelsLast, filtersFirst, filtersLast } from '../../data/values';
import { repeatAwaiting, type Work } from '../../harness/library';
import { arrayOf, finish, type Jax, type JaxArray } from './jax';

type ToOurLayout = (data: Float32Array) => Float32Array;

function workOf(
  compute: () => JaxArray,
  inputs: readonly JaxArray[],
  toOurs: ToOurLayout = (data) => data,
): Work {
  return {
    run: (times) => repeatAwaiting(times, () => finish(compute())),
    result: () => toOurs(Float32Array.from(compute().dataSync())),
    release: () => inputs.forEach((input) => input.dispose()),
  };
}

export function matMul(jax: Jax, task: MatMulTask): Work {
  const inputs = matMulInputs(task);
  const [a, b] = [arrayOf(jax, inputs.a), arrayOf(jax, inputs.b)];
  return workOf(() => jax.numpy.matmul(a.ref, b.ref), [a, b]);
}

/** Its convolutions want channels first. Gradients come from `vjp`, whose forward pass is not timed. */
export function convolution(jax: Jax, task: ConvolutionTask): Work {
  const inputs = convolutionInputs(task);
  const x = arrayOf(jax, channelsFirst(inputs.x));
  const filter = arrayOf(jax, filtersFirst(inputs.filter));
  const dy = arrayOf(jax, channelsFirst(inputs.dy));
  const [images, filters, results] = [x, filter, dy].map(({ shape }) => shape);
  const arrays = [x, filter, dy];
  switch (task.kind) {
    case 'conv2d': {
      const convolve = jax.jit((image: JaxArray, weights: JaxArray) =>
        jax.lax.conv(image, weights, [1, 1], 'SAME'),
      );
      const toOurs = (data: Float32Array) => channelsLast({ shape: results!, data }).data;
      return workOf(() => convolve(x.ref, filter.ref), arrays, toOurs);
    }
    case 'conv2dFilterGradient': {
      const pullBack = pullbackOf(jax, filter, (w) => jax.lax.conv(x.ref, w, [1, 1], 'SAME'));
      const toOurs = (data: Float32Array) => filtersLast({ shape: filters!, data }).data;
      return workOf(() => pullBack(dy.ref), arrays, toOurs);
    }
    case 'conv2dInputGradient': {
      const pullBack = pullbackOf(jax, x, (image) =>
        jax.lax.conv(image, filter.ref, [1, 1], 'SAME'),
      );
      const toOurs = (data: Float32Array) => channelsLast({ shape: images!, data }).data;
      return workOf(() => pullBack(dy.ref), arrays, toOurs);
    }
  }
}

function pullbackOf(
  { vjp }: Jax,
  at: JaxArray,
  f: (x: JaxArray) => JaxArray,
): (dy: JaxArray) => JaxArray {
  const [y, pullBack] = vjp(f, [at.ref]);
  y.dispose();
  return (dy) => {
    const dx = pullBack(dy);
    return isList(dx) ? dx[0]! : dx;
  };
}

function isList(value: JaxArray | readonly JaxArray[]): value is readonly JaxArray[] {
  return Array.isArray(value);
}

export function elementwise(jax: Jax, task: ElementwiseTask): Work {
  const inputs = elementwiseInputs(task);
  const [a, b] = [arrayOf(jax, inputs.a), arrayOf(jax, inputs.b)];
  const softmax = jax.jit((x: JaxArray) => jax.nn.softmax(x, -1));
  const ways = {
    add: () => a.ref.add(b.ref),
    relu: () => jax.nn.relu(a.ref),
    exp: () => jax.numpy.exp(a.ref),
    sum: () => jax.numpy.sum(a.ref),
    softmax: () => softmax(a.ref),
  };
  return workOf(ways[task.operation], [a, b]);
}
