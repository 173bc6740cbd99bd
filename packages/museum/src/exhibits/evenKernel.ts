import { convolutionLaws } from 'gradus/testing';
import {
  directConvolution,
  paddingOf,
  rightSampling,
  type Problem,
  type Sampling,
} from '../directConvolution';
import { lawExhibit } from '../exhibit';

/** The odd zero before the image, as filter2D of OpenCV has it, in place of behind it. */
function oddZeroFirst(problem: Problem): Sampling {
  const right = rightSampling(problem);
  if (problem.settings.padding !== 'same') return right;
  return { ...right, top: paddingOf(problem, 0)[1], left: paddingOf(problem, 1)[1] };
}

export const evenKernel = lawExhibit({
  entry: 18,
  title: "Two libraries put the odd zero of 'same' padding on different sides",
  source: 'The experiment that learns a 32x32 filter: Keras trained on results of OpenCV',
  error:
    'Keras pads 15 before and 16 after, filter2D of OpenCV 16 before and 15 after. What was learned is the ' +
    'filter moved by one pixel, with one row and one column lost.',
  caughtBy: ['convolution/definition', 'convolution/same-padding'],
  laws: convolutionLaws,
  subject: (state) =>
    directConvolution('even kernel', state === 'wrong' ? { sampling: oddZeroFirst } : {}),
});
