import type { InferenceTask } from '../../cases/task';
import { prepareNetwork, type PreparedLayer } from '../../data/networks';
import { channelsFirst, filtersFirst, permute, type Values } from '../../data/values';
import type { Work } from '../../harness/library';
import type { OnnxNode } from './onnx';
import { workOf, type Ort } from './ort';

/** The class probabilities of a network without residual blocks. */
export function inference(ort: Ort, { network, batch }: InferenceTask): Promise<Work> | undefined {
  const { layers, x, y } = prepareNetwork(network, batch);
  const constants: Record<string, Values> = {};
  const nodes: OnnxNode[] = [];
  let last = 'x';
  const then = (operation: string, node: Partial<OnnxNode> = {}) => {
    const output = `${operation} ${nodes.length}`;
    nodes.push({ operation, output, ...node, inputs: [last, ...(node.inputs ?? [])] });
    last = output;
  };
  for (const [index, prepared] of layers.entries()) {
    const [kernel, bias] = [`kernel ${index}`, `bias ${index}`];
    const { layer, weights } = prepared;
    if (weights.length === 1) {
      constants[kernel] = kernelOf(prepared, layers[index - 1]);
      constants[bias] = weights[0]!.bias;
    }
    switch (layer.kind) {
      case 'conv2d': {
        if (layer.padding === 'same') return undefined;
        const attributes = { kernel_shape: [layer.kernel, layer.kernel] };
        then('Conv', { inputs: [kernel, bias], attributes });
        if (layer.relu) then('Relu');
        break;
      }
      case 'maxPool':
        then('MaxPool', { attributes: { kernel_shape: [2, 2], strides: [2, 2] } });
        break;
      case 'flatten':
        then('Flatten');
        break;
      case 'dense':
        then('Gemm', { inputs: [kernel, bias] });
        if (layer.relu) then('Relu');
        break;
      default:
        return undefined;
    }
  }
  then('Softmax', { output: 'y', attributes: { axis: 1 } });
  return workOf(ort, { nodes, constants, output: y.shape }, { inputs: { x: channelsFirst(x) } });
}

/** Weights for channels first; those behind `flatten` in the order in which that flattens. */
function kernelOf({ layer, weights }: PreparedLayer, before: PreparedLayer | undefined): Values {
  const { kernel } = weights[0]!;
  if (layer.kind === 'conv2d') return filtersFirst(kernel);
  if (before?.layer.kind !== 'flatten') return kernel;
  const images = { shape: [...before.inputShape, kernel.shape[1]!], data: kernel.data };
  return { shape: kernel.shape, data: permute(images, [2, 0, 1, 3]).data };
}
