import type { Library } from '../../harness/library';
import { versionOf } from '../versionOf';
import { inference } from './inference';
import { convolution, elementwise, matMul } from './operations';
import { loadOrt } from './ort';

/** onnxruntime-web from the folder it is installed in. It does not train. */
export function ortWeb(folder: string): Library {
  const ort = loadOrt(folder);
  return {
    version: versionOf(folder, 'onnxruntime-web'),
    implementations: {
      matMul: (task) => matMul(ort, task),
      conv2d: (task) => convolution(ort, task),
      elementwise: (task) => elementwise(ort, task),
      inference: (task) => inference(ort, task),
    },
  };
}
