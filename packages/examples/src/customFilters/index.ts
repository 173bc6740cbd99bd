import { imageOption, type ImageOption } from '../inputPicture';
import type { Program } from '../program';
import { averageBeforeMaxPooling } from './averageBeforeMaxPooling';
import { derivativeBeforeRelu } from './derivativeBeforeRelu';
import { gaborBeforeConv2d } from './gaborBeforeConv2d';

/** What docs/custom-filters.md shows. */
export const customFilters: Program<ImageOption> = {
  summary: 'filters of one’s own in a model: Gabor, average, derivative',
  options: [imageOption],

  async run(options) {
    for (const part of [gaborBeforeConv2d, averageBeforeMaxPooling, derivativeBeforeRelu]) {
      options.print(`\n${part.summary}\n`);
      await part.run(options);
    }
  },
};
