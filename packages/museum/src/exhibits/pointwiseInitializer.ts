import { layers } from 'gradus';
import { initialValuesLaws } from 'gradus/testing';
import { lawExhibit } from '../exhibit';

export const pointwiseInitializer = lawExhibit({
  entry: 5,
  title: 'A separable convolution ignores one of its initializers',
  source: 'TensorFlow.js, SeparableConv2D with pointwiseInitializer',
  error:
    'The layer has two kernels and an initializer for each. The second one was read and not used: ' +
    'those weights always began with the default.',
  caughtBy: ['layer/begins-as-its-initializers-say'],
  laws: initialValuesLaws,
  subject: (state) => ({
    name: 'separableConv2d',
    weights: {
      depthwiseInitializer: 'depthwiseKernel',
      pointwiseInitializer: 'pointwiseKernel',
      biasInitializer: 'bias',
    },
    create({ pointwiseInitializer, ...others }) {
      const options = { filters: 3, kernelSize: 2, ...others };
      return layers.separableConv2d(
        state === 'wrong' ? options : { ...options, pointwiseInitializer: pointwiseInitializer! },
      );
    },
    input: [3, 3, 2],
  }),
});
