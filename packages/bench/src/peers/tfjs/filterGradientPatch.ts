import type { Tf } from './tfjs';

/**
 * Gives the wasm backend the kernel without which it cannot train a convolution
 * (Conv2DBackpropFilter, https://github.com/tensorflow/tfjs/issues/8474), for stride 1. The filter
 * gradient is a convolution too: of the padded images with dy as the filter, where channels and
 * samples have changed places.
 */
export function patchFilterGradient(tf: Tf): void {
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const [height, width] = attrs['filterShape'] as readonly [number, number];
      return tf.tidy(() => {
        const amounts = [[0, 0], paddingOf(height), paddingOf(width), [0, 0]] as const;
        const images = attrs['pad'] === 'same' ? tf.pad(inputs['x']!, amounts) : inputs['x']!;
        const channelsAsSamples = tf.transpose(images, [3, 1, 2, 0]);
        const samplesAsChannels = tf.transpose(inputs['dy']!, [1, 2, 0, 3]);
        const gradient = tf.conv2d(channelsAsSamples, samplesAsChannels, 1, 'valid');
        return tf.transpose(gradient, [1, 2, 0, 3]);
      });
    },
  });
}

function paddingOf(kernel: number): readonly [before: number, after: number] {
  const before = (kernel - 1) >> 1;
  return [before, kernel - 1 - before];
}
