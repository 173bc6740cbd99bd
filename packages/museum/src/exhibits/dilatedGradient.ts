import { convolutionLaws, type ConvolutionImplementation } from 'gradus/testing';
import { directConvolution } from '../directConvolution';
import { lawExhibit } from '../exhibit';

function withoutDilatedGradients(right: ConvolutionImplementation): ConvolutionImplementation {
  return {
    ...right,
    inputGradient(dy, filter, settings, xShape) {
      if (Math.max(...settings.dilations) > 1) {
        throw new Error('dilation rates greater than 1 are not supported in gradients.');
      }
      return right.inputGradient!(dy, filter, settings, xShape);
    },
  };
}

export const dilatedGradient = lawExhibit({
  entry: 3,
  title: 'A dilated convolution cannot be trained',
  source: 'TensorFlow.js, conv2d (issue 7906)',
  error:
    'The convolution takes dilations, its gradients throw. A model builds, predicts, and fails at the ' +
    'first step of training.',
  caughtBy: ['convolution/input-gradient-is-adjoint'],
  laws: convolutionLaws,
  subject: (state) => {
    const right = directConvolution('dilated gradient');
    return state === 'wrong' ? withoutDilatedGradients(right) : right;
  },
});
