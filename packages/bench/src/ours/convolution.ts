import { conv2d, conv2dFilterGradient, conv2dInputGradient, type Backend } from 'gradus';
import type { ConvolutionTask } from '../cases/task';
import { convolutionInputs } from '../data/inputs';
import type { Work } from '../harness/library';
import { tensorOf, tensorWork } from './tensorWork';

export function convolution(backend: Backend, task: ConvolutionTask): Work {
  const inputs = convolutionInputs(task);
  const [x, filter, dy] = [tensorOf(inputs.x), tensorOf(inputs.filter), tensorOf(inputs.dy)];
  const padding = 'same';
  const ways = {
    conv2d: () => conv2d(x, filter, { padding }),
    conv2dFilterGradient: () => conv2dFilterGradient(dy, x, { padding, filterShape: filter.shape }),
    conv2dInputGradient: () => conv2dInputGradient(dy, filter, { padding, inputShape: x.shape }),
  };
  return tensorWork(backend, ways[task.kind]);
}
