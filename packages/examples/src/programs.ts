import { convolutionExplained } from './convolutionExplained';
import { customFilters } from './customFilters';
import { learningAFilter } from './learningAFilter';
import { mnistCnn } from './mnistCnn';
import { pixelManipulation } from './pixelManipulation';
import type { Program } from './program';

/** The programs by their names, in the order in which one reads them. */
export const programs: Readonly<Record<string, Program>> = {
  'custom-filters': customFilters,
  'learning-a-filter': learningAFilter,
  'pixel-manipulation': pixelManipulation,
  'mnist-cnn': mnistCnn,
  'convolution-explained': convolutionExplained,
};
