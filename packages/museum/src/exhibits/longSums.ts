import { convolutionLaws } from 'gradus/testing';
import { directConvolution } from '../directConvolution';
import { lawExhibit } from '../exhibit';

/** The real limit was some tens of thousands; here it is within what laws look at. */
const mostTerms = 16;

export const longSums = lawExhibit({
  entry: 13,
  title: 'Sums of many products lose terms',
  source: 'jax-js 0.1.25, forward with a 254x254 kernel, filter gradient of a 32x32 one',
  error:
    'From some size on, convolutions gave other numbers, without an error: 216.3 where the sum is ' +
    '-47.2. Small ones, the only ones in its tests, were right.',
  caughtBy: ['convolution/definition', 'convolution/filter-gradient-is-adjoint'],
  laws: convolutionLaws,
  // Few sums of the cases drawn have so many terms.
  runs: 100,
  subject: (state) => directConvolution('long sums', state === 'wrong' ? { mostTerms } : {}),
});
