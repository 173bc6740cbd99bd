import { convolutionLaws } from 'gradus/testing';
import {
  directConvolution,
  rightSampling,
  zerosForSame,
  type Problem,
  type Sampling,
} from '../directConvolution';
import { lawExhibit } from '../exhibit';

/** Half of the zeros, also where there are fewer than none. */
function negativePadding(problem: Problem): Sampling {
  const right = rightSampling(problem);
  if (problem.settings.padding !== 'same') return right;
  const before = (axis: 0 | 1): number => Math.floor(zerosForSame(problem, axis) / 2);
  return { ...right, top: before(0), left: before(1) };
}

export const sameWithStride = lawExhibit({
  entry: 2,
  title: "'same' padding with more stride than kernel samples the wrong pixels",
  source: "TensorFlow.js, conv3d with a 1x1x1 kernel, stride 2 and 'same'",
  error:
    'Where strides leave pixels over, the padding that was computed is negative, and was used as such. ' +
    'So the first window began within the image in place of at its first pixel.',
  caughtBy: ['convolution/definition', 'convolution/same-padding'],
  laws: convolutionLaws,
  subject: (state) =>
    directConvolution('same with stride', state === 'wrong' ? { sampling: negativePadding } : {}),
});
