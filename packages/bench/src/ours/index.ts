import type { Library } from '../harness/library';
import { convolution } from './convolution';
import { elementwise } from './elementwise';
import { engines } from './engines';
import { matMul } from './matMul';
import { inference, training } from './network';

/** Gradus with one of its engines. */
export function gradus(engineName: string): Library {
  const engine = engines[engineName]!;
  const backend = engine.backend();
  return {
    version: `engine ${engineName}`,
    implementations: {
      matMul: (task) => matMul(backend, task),
      conv2d: (task) => convolution(backend, task),
      conv2dFilterGradient: (task) => convolution(backend, task),
      conv2dInputGradient: (task) => convolution(backend, task),
      elementwise: (task) => elementwise(backend, task),
      training: (task) => training(backend, task),
      inference: (task) => inference(backend, task),
    },
    explain: (task) => engine.explain?.(task),
  };
}
