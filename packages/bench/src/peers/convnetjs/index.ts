import type { Library } from '../../harness/library';
import { versionOf } from '../versionOf';
import { loadConvnet } from './convnet';
import { convolution } from './convolution';
import { inference, training } from './network';

/** ConvNetJS from the folder it is installed in. It has neither matrices nor single operations. */
export function convnetjs(folder: string): Library {
  const convnet = loadConvnet(folder);
  return {
    version: versionOf(folder, 'convnetjs'),
    implementations: {
      conv2d: (task) => convolution(convnet, task),
      conv2dFilterGradient: (task) => convolution(convnet, task),
      conv2dInputGradient: (task) => convolution(convnet, task),
      training: (task) => training(convnet, task),
      inference: (task) => inference(convnet, task),
    },
  };
}
