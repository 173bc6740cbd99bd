import { convolutionLaws } from 'gradus/testing';
import {
  directConvolution,
  rightSampling,
  windowsAlong,
  reachOf,
  type Problem,
  type Sampling,
} from '../directConvolution';
import { lawExhibit } from '../exhibit';

/** Counts windows along both axes as if the kernel were square. */
function heightForWidth(problem: Problem): Sampling {
  const right = rightSampling(problem);
  if (typeof problem.settings.padding === 'string') return right;
  const width = windowsAlong(problem, 1, reachOf(problem, 0));
  return { ...right, output: [right.output[0], width] };
}

export const numericPadding = lawExhibit({
  entry: 1,
  title: 'The height of a kernel is taken for its width',
  source: 'TensorFlow.js, conv2d with padding in numbers (issue 649)',
  error:
    'How many results fit along an axis was computed from the height of the kernel for both axes. ' +
    'An 8x8 image under a 1x5 kernel gave 8x8 results in place of 8x4.',
  caughtBy: ['convolution/definition', 'convolution/padding-is-zeros'],
  laws: convolutionLaws,
  subject: (state) =>
    directConvolution('numeric padding', state === 'wrong' ? { sampling: heightForWidth } : {}),
});
