import type { ConvolutionTask, ElementwiseTask, MatMulTask } from '../../cases/task';
import { convolutionInputs, elementwiseInputs, matMulInputs } from '../../data/inputs';
import { channelsFirst, channelsLast, filtersFirst } from '../../data/values';
import type { Work } from '../../harness/library';
import type { OnnxNode } from './onnx';
import { workOf, type Ort } from './ort';

export function matMul(ort: Ort, task: MatMulTask): Promise<Work> {
  const nodes = [{ operation: 'MatMul', inputs: ['a', 'b'], output: 'y' }];
  const output = [task.size, task.size];
  return workOf(ort, { nodes, output }, { inputs: matMulInputs(task) });
}

/** The filter is part of the model, as in its users' models, which lets it be packed beforehand. */
export function convolution(ort: Ort, task: ConvolutionTask): Promise<Work> {
  const { x, filter, dy } = convolutionInputs(task);
  const before = (task.kernel - 1) >> 1;
  const after = task.kernel - 1 - before;
  const attributes = {
    kernel_shape: [task.kernel, task.kernel],
    pads: [before, before, after, after],
  };
  const nodes = [{ operation: 'Conv', inputs: ['x', 'filter'], output: 'y', attributes }];
  const output = channelsFirst(dy).shape;
  const constants = { filter: filtersFirst(filter) };
  return workOf(
    ort,
    { nodes, output, constants },
    {
      inputs: { x: channelsFirst(x) },
      toOurs: (data) => channelsLast({ shape: output, data }).data,
    },
  );
}

const operations: Readonly<Record<ElementwiseTask['operation'], Omit<OnnxNode, 'output'>>> = {
  add: { operation: 'Add', inputs: ['a', 'b'] },
  relu: { operation: 'Relu', inputs: ['a'] },
  exp: { operation: 'Exp', inputs: ['a'] },
  sum: { operation: 'ReduceSum', inputs: ['a'], attributes: { keepdims: 1 } },
  softmax: { operation: 'Softmax', inputs: ['a'], attributes: { axis: 1 } },
};

export function elementwise(ort: Ort, task: ElementwiseTask): Promise<Work> {
  const { a, b } = elementwiseInputs(task);
  const nodes = [{ ...operations[task.operation], output: 'y' }];
  const output = task.operation === 'sum' ? task.shape.map(() => 1) : task.shape;
  return workOf(ort, { nodes, output }, { inputs: task.operation === 'add' ? { a, b } : { a } });
}
