import type { Library } from '../../harness/library';
import { versionOf } from '../versionOf';
import { loadJax } from './jax';
import { inference, training } from './network';
import { convolution, elementwise, matMul } from './operations';

/** jax-js from the folder it is installed in. */
export async function jaxJs(folder: string): Promise<Library> {
  const jax = await loadJax(folder);
  return {
    version: versionOf(folder, '@jax-js/jax'),
    implementations: {
      matMul: (task) => matMul(jax, task),
      conv2d: (task) => convolution(jax, task),
      conv2dFilterGradient: (task) => convolution(jax, task),
      conv2dInputGradient: (task) => convolution(jax, task),
      elementwise: (task) => elementwise(jax, task),
      training: (task) => training(jax, task),
      inference: (task) => inference(jax, task),
    },
  };
}
