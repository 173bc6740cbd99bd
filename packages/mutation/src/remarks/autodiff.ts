import type { Remark, RemarksOf } from './remark';

/** Constants, functions and properties that say where the tests try an operation. */
const samples: readonly (readonly [file: string, ...names: string[]])[] = [
  ['ops/', 'samples', 'legal', 'geometries', 'domain', 'kinks', 'distinct'],
  ['ops/classification/crossEntropy.ts', 'several'],
  ['ops/classification/labels.ts', 'sampleLabels'],
  ['ops/convolution/convolutionBlock.ts', 'pooled', 'samplesOf'],
  ['ops/elementwise/activations.ts', 'kinkAtZero', 'smooth'],
  ['ops/elementwise/binary.ts', 'shapes'],
  ['ops/elementwise/trigonometry.ts', 'inside'],
  ['ops/images/structuralSimilarity.ts', 'others'],
  ['ops/products/einsum.ts', 'sampleOf', 'einsumCases'],
  ['ops/reductions/reduction.ts', 'alongAnyAxes'],
  ['ops/reductions/statistics.ts', 'sizes'],
  ['ops/shapes/joining.ts', 'sampleInputs'],
];

const leftOut: readonly Remark[] = [
  ...samples.flatMap(([file, ...names]) =>
    names.map((within): Remark => {
      const why = 'where the tests try operations; no part of them';
      return { kind: 'leftOut', file, within, why };
    }),
  ),
  {
    kind: 'leftOut',
    file: 'ops/elementwise/binary.ts',
    code: "{ dtype = 'same', domain = [-2, 2], distinct = false }",
    why: 'mostly where the tests try operations',
  },
  ...['mostPerStage', 'grouped'].map((within): Remark => {
    const why = 'how factors are taken together decides speed only';
    return { kind: 'leftOut', file: 'ops/fourier/fourierStages.ts', within, why };
  }),
];

const equivalent: readonly Remark[] = [
  {
    kind: 'equivalent',
    file: 'ops/reductions/product.ts',
    change: '[1, n] → [n]',
    why: 'the caller reshapes it at once',
  },
  {
    kind: 'equivalent',
    file: 'ops/fourier/unitRoots.ts',
    change: '4 → 3',
    why: 'both formulas give the same bits up to 3/8 of the circle',
  },
  {
    kind: 'equivalent',
    file: 'ops/fourier/unitRoots.ts',
    change: '8 → 9',
    why: 'between 1/9 and 1/8 of the circle sine and cosine are equally exact',
  },
  {
    kind: 'equivalent',
    file: 'ops/fourier/chirpTransform.ts',
    code: 'j < n ? chirpPart',
    change: '0 → 1',
    why: 'no product that is kept meets these numbers',
  },
  {
    kind: 'equivalent',
    file: 'ops/fourier/fourierStages.ts',
    code: 'return scale === 1 ? state',
    why: 'no caller scales the transform of one number',
  },
  ...['a, b, less, lessEqual', 'b, a, less, lessEqual'].flatMap((given) =>
    [given, given.replaceAll('less', 'greater')].map((call): Remark => {
      const [first, second, ahead, level] = call.split(', ');
      return {
        kind: 'equivalent',
        file: 'ops/elementwise/extremes.ts',
        change: `share(${call}) → share(${first}, ${second}, ${level}, ${ahead})`,
        why: 'the two comparisons are added',
      };
    }),
  ),
  {
    kind: 'equivalent',
    file: 'ops/elementwise/activations.ts',
    code: 'const below = minimum(x, 0);',
    change: '0 → 1',
    why: 'any bound from 0 on keeps what is not chosen from overflowing',
  },
  {
    kind: 'equivalent',
    file: 'ops/normalization/localResponseNormalization.ts',
    change: 'channels - 1 → channels + 1',
    why: 'no channel is further away; the larger window only meets zeros',
  },
  {
    kind: 'equivalent',
    file: 'variable.ts',
    within: 'withoutValues',
    change: '[0] → []',
    why: 'what it begins with is replaced at once',
  },
  {
    kind: 'equivalent',
    file: 'variable.ts',
    code: 'const open =',
    operator: 'boundary',
    why: 'outside of a scope an engine gives memory that does not reside, which is refused below',
  },
];

const survivors: readonly Remark[] = [
  {
    kind: 'survivor',
    file: 'checkpoint.ts',
    change: '!isRecording() → false',
    why: 'only intermediate results stay in memory longer',
  },
];

/** The remarks on @gradus/autodiff. */
export const autodiff: RemarksOf = {
  target: 'autodiff',
  remarks: [...leftOut, ...equivalent, ...survivors],
};
