import type { Library } from '../../harness/library';
import { patchFilterGradient } from './filterGradientPatch';
import { inference, training } from './network';
import { convolution, elementwise, matMul } from './operations';
import { loadTf } from './tfjs';

/** TensorFlow.js from the folder it is installed in. */
export async function tfjs(folder: string, backend: 'cpu' | 'wasm'): Promise<Library> {
  const tf = await loadTf(folder, backend);
  if (backend === 'wasm') patchFilterGradient(tf);
  return {
    version: `${tf.version.tfjs}${backend === 'wasm' ? ', patched with a filter gradient' : ''}`,
    implementations: {
      matMul: (task) => matMul(tf, task),
      conv2d: (task) => convolution(tf, task),
      conv2dFilterGradient: (task) => convolution(tf, task),
      conv2dInputGradient: (task) => convolution(tf, task),
      elementwise: (task) => elementwise(tf, task),
      training: (task) => training(tf, task),
      inference: (task) => inference(tf, task),
    },
  };
}
