import type { ConvolutionTask, ElementwiseTask, MatMulTask } from '../../cases/task';
import { convolutionInputs, elementwiseInputs, matMulInputs } from '../../data/inputs';
import { repeat, type Work } from '../../harness/library';
import { tensorOf, type Tf, type TfTensor } from './tfjs';

/** Its kernels compute when they are called, and results stay in its own memory: no need to read. */
function workOf(compute: () => TfTensor, inputs: readonly TfTensor[]): Work {
  return {
    run: (times) => repeat(times, () => compute().dispose()),
    result() {
      const y = compute();
      const values = Float32Array.from(y.dataSync());
      y.dispose();
      return values;
    },
    release: () => inputs.forEach((input) => input.dispose()),
  };
}

export function matMul(tf: Tf, task: MatMulTask): Work {
  const inputs = matMulInputs(task);
  const [a, b] = [tensorOf(tf, inputs.a), tensorOf(tf, inputs.b)];
  return workOf(() => tf.matMul(a, b), [a, b]);
}

export function convolution(tf: Tf, task: ConvolutionTask): Work {
  const inputs = convolutionInputs(task);
  const [x, filter, dy] = [inputs.x, inputs.filter, inputs.dy].map((one) => tensorOf(tf, one));
  const options = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC' };
  const gradient = (name: string, of: Record<string, TfTensor>, shape: object) => () =>
    tf.engine().runKernel(name, of, { ...options, ...shape });
  const ways = {
    conv2d: () => tf.conv2d(x!, filter!, 1, 'same'),
    conv2dFilterGradient: gradient(
      'Conv2DBackpropFilter',
      { x: x!, dy: dy! },
      { filterShape: inputs.filter.shape },
    ),
    conv2dInputGradient: gradient(
      'Conv2DBackpropInput',
      { dy: dy!, filter: filter! },
      { inputShape: inputs.x.shape },
    ),
  };
  return workOf(ways[task.kind], [x!, filter!, dy!]);
}

export function elementwise(tf: Tf, task: ElementwiseTask): Work {
  const inputs = elementwiseInputs(task);
  const [a, b] = [tensorOf(tf, inputs.a), tensorOf(tf, inputs.b)];
  const ways = {
    add: () => tf.add(a, b),
    relu: () => tf.relu(a),
    exp: () => tf.exp(a),
    sum: () => tf.sum(a),
    softmax: () => tf.softmax(a),
  };
  return workOf(ways[task.operation], [a, b]);
}
