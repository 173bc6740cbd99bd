import { convolutionLaws } from 'gradus/testing';
import {
  directConvolution,
  rightSampling,
  type Problem,
  type Sampling,
} from '../directConvolution';
import { lawExhibit } from '../exhibit';

/** Without dilation where each channel has a group of its own. */
function undilated(problem: Problem): Sampling {
  const { x, settings } = problem;
  if (settings.groups === 1 || settings.groups !== x[3]) return rightSampling(problem);
  return rightSampling({ ...problem, settings: { ...settings, dilations: [1, 1] } });
}

export const depthwiseDilation = lawExhibit({
  entry: 3,
  title: 'A depthwise convolution ignores its dilation',
  source: 'TensorFlow.js, DepthwiseConv2D with dilationRate (issue 7906)',
  error:
    'The option was accepted and never handed on. The layer silently computed an undilated convolution.',
  caughtBy: ['convolution/definition', 'convolution/dilation-spreads'],
  laws: convolutionLaws,
  subject: (state) =>
    directConvolution('depthwise dilation', state === 'wrong' ? { sampling: undilated } : {}),
});
