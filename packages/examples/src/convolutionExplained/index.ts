/*
 * What stride, padding, 1x1 kernels, separate channels and dilation do: the size of the result, the
 * number of weights, how much there is to compute, and which pixels a result sees. One file for each;
 * docs/convolution-explained.md goes with the pictures.
 */
import { imageOption, inputPicture, type ImageOption } from '../inputPicture';
import type { Program } from '../program';
import { explainDilation } from './dilation';
import { explainOneByOne } from './oneByOne';
import { explainPadding } from './padding';
import { explainSeparable } from './separable';
import { explainStride } from './stride';

export const convolutionExplained: Program<ImageOption> = {
  summary: 'stride, padding, 1x1, depthwise-separable and dilated convolutions',
  options: [imageOption],

  async run(options) {
    const size = options.quick ? 32 : 64;
    const { image } = options;
    const grey = await inputPicture({ size, channels: 1, image });
    const colored = await inputPicture({ size, channels: 3, image });
    await explainStride(grey, options);
    await explainPadding(grey, options);
    await explainOneByOne(colored, options);
    await explainSeparable(colored, options);
    await explainDilation(options);
  },
};
