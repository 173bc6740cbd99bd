import { imageOption, type ImageOption } from '../inputPicture';
import type { Program } from '../program';
import { blurByOwnLayer } from './gaussianBlur';
import { brightnessByLambda } from './brightness';
import { recoveringAMask } from './recoveringAMask';

/** What docs/pixel-manipulation.md shows. */
export const pixelManipulation: Program<ImageOption> = {
  summary: 'brightness, a blur of one’s own, and a mask that is learned',
  options: [imageOption],

  async run(options) {
    for (const part of [brightnessByLambda, blurByOwnLayer, recoveringAMask]) {
      options.print(`\n${part.summary}\n`);
      await part.run(options);
    }
  },
};
