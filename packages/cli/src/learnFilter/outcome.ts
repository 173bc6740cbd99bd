import { brief } from '../brief';
import type { Images } from './images';
import { largestError, similarity } from './kernelDistance';
import type { LeastSquares } from './leastSquares';
import type { Settings } from './settings';
import type { Target } from './target';
import type { Training } from './training';
import type { TrainingData } from './trainingData';

/** All that a run has found out. */
export interface Outcome {
  readonly settings: Settings;
  readonly target: Target;
  readonly images: Images;
  readonly data: TrainingData;
  readonly training: Training;
  readonly leastSquares: LeastSquares;
  /** From the first image to the last step. */
  readonly seconds: number;
  readonly interrupted: boolean;
}

/** The last line of a run: how well the filter was learned. */
export function summaryRows({
  target,
  training: { records },
  leastSquares,
  seconds,
}: Outcome): (string | number)[][] {
  const { kernelError, similarity: cosine, validationLoss } = records.at(-1)!;
  const best = leastSquares.kernel;
  return [
    ['', 'largest error', 'cosine similarity', 'validation loss', 'seconds'],
    ['trained', brief(kernelError), cosine.toFixed(6), brief(validationLoss), seconds.toFixed(1)],
    [
      'least squares',
      brief(largestError(best, target.kernel)),
      similarity(best, target.kernel).toFixed(6),
      '',
      '',
    ],
  ];
}
