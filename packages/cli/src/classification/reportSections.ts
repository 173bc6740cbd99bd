import { viz, type Tensor } from 'gradus';
import type { Assessment } from './assess';
import { classScores, scoreRows } from './classScores';
import { confusionTable } from './confusionTable';
import { mistakePictures } from './mistakes';

/** What was judged, and how. */
export interface Judged {
  /** The images, [images, height, width, channels], from 0 to 1. */
  readonly x: Tensor;
  readonly assessment: Assessment;
  readonly classNames: readonly string[];
}

/** What a page says of how good a model is: confusions, scores class by class, the worst mistakes. */
export function assessmentSections({ x, assessment, classNames }: Judged): viz.Section[] {
  const { confusion } = assessment;
  return [
    {
      heading: 'What was taken for what',
      content: [
        'A row for each class, a column for what its images were taken for.',
        ...confusionTable(confusion, classNames),
        viz.htmlTable(scoreRows(classScores(assessment, classNames))),
      ],
    },
    {
      heading: 'The most wrong images',
      content: mistakePictures(x, assessment, classNames),
    },
  ];
}
