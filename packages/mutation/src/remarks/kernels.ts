import type { Remark, RemarksOf } from './remark';

const blockSize = 'a size of blocks that fit a cache; any gives the same result';
const measuredCost = 'a measured cost, from which the quickest algorithm is guessed';
const threshold = 'where a measured threshold lies does not change results';

function tuning(file: string, names: readonly string[], why: string): Remark[] {
  return names.map((within) => ({ kind: 'leftOut', file, within, why }));
}

const leftOut: readonly Remark[] = [
  ...tuning('loops/convPatches.ts', ['productElements', 'summedPixels'], blockSize),
  ...tuning('loops/gemm.ts', ['rowsElements', 'columnsElements'], blockSize),
  ...tuning('loops/convPlanes.ts', ['bandRows'], blockSize),
  ...tuning('loops/imageChunks.ts', ['chunkElements'], blockSize),
  ...tuning('loops/matMul.ts', ['chunkElements'], blockSize),
  ...tuning('simd/convolution/depthwise.ts', ['cachedBytes', 'rowsAtOnce'], blockSize),
  ...tuning('simd/convolution/filterGradient.ts', ['cachedBytes', 'rowsAtOnce'], blockSize),
  ...tuning('simd/convolution/winograd/conv2d.ts', ['cachedBytes', 'fewestTiles'], blockSize),
  ...tuning('simd/convolution/winograd/filterGradient.ts', ['tilesAtOnce'], blockSize),
  ...tuning('simd/convolution/winograd/transformFilter.ts', ['productsPerWeight'], measuredCost),
  ...tuning(
    'simd/convolution/winograd/isQuicker.ts',
    ['perChannelOfTile', 'perWeight', 'perCall', 'fewestFilters', 'fewestPixels'],
    threshold,
  ),
  ...tuning(
    'simd/convolution/winograd/isQuicker.ts',
    ['tiles', 'weights', 'direct', 'transformations'],
    measuredCost,
  ),
  {
    kind: 'leftOut',
    file: 'simd/convolution/winograd/isQuicker.ts',
    code: 'return direct > tileProducts',
    why: measuredCost,
  },
  {
    kind: 'leftOut',
    file: 'simd/matMul/inPlace.ts',
    code: 'const strip = Math.min(',
    why: blockSize,
  },
  ...tuning('simd/convolution/padding.ts', ['productsPerByte', 'products'], measuredCost),
  ...tuning(
    'simd/convolution/fft/isQuicker.ts',
    ['mostBytes', 'oneKernelPace', 'densePace', 'densePaceOfResult'],
    threshold,
  ),
  ...tuning(
    'simd/convolution/fft/isQuicker.ts',
    ['spectra', 'pixels', 'flops', 'dense'],
    measuredCost,
  ),
  {
    kind: 'leftOut',
    file: 'simd/convolution/fft/isQuicker.ts',
    code: 'const [channels, filters] =',
    why: measuredCost,
  },
  {
    kind: 'leftOut',
    file: 'simd/convolution/fft/isQuicker.ts',
    code: '> mostBytes',
    why: threshold,
  },
  {
    kind: 'leftOut',
    file: 'simd/convolution/fft/isQuicker.ts',
    code: 'flops > work',
    why: measuredCost,
  },
  ...tuning(
    'simd/convolution/fft/tiling.ts',
    ['filterTransform', 'productCost', 'copyCost', 'pairCost', 'callCost', 'productsPerPass'],
    measuredCost,
  ),
  ...tuning(
    'simd/convolution/fft/tiling.ts',
    ['copied', 'pairs', 'transforms', 'others', 'area', 'perNumber', 'work', 'productsOf'],
    measuredCost,
  ),
  ...tuning('simd/pooling/pooling.ts', ['mostUnrolledTaps'], threshold),
  ...tuning('simd/copy/copy.ts', ['fewElements'], threshold),
  ...tuning('simd/normalization/columnSums.ts', ['blockNumbers'], blockSize),
  ...tuning('simd/normalization/columns.ts', ['leastWidth'], threshold),
  ...tuning('simd/matMul/product.ts', ['depthBlock', 'rowBlock', 'columnBlock'], blockSize),
  ...tuning('simd/matMul/inPlace.ts', ['blockNumbers'], blockSize),
  ...tuning('simd/matMul/matMul.ts', ['fewestProducts', 'fewestLines'], threshold),
  ...tuning('simd/threads/enableThreads.ts', ['mostByDefault'], threshold),
  ...tuning('simd/threads/threadPool.ts', ['usualFewest'], threshold),
  ...tuning('simd/memory/engineMemory.ts', ['growthPages'], blockSize),
  ...tuning('simd/', ['products'], 'the work, from which threads guess whether to share it'),
  {
    kind: 'leftOut',
    file: 'simd/threads/runThread.ts',
    why: 'its text is sent to threads, where no mutant can be switched on',
  },
];

const emptyTile = 'a tile of no rows or columns adds nothing';

const equivalent: readonly Remark[] = [
  {
    kind: 'equivalent',
    file: 'finish.ts',
    code: 'for (let i = 1; i < 4; i++)',
    change: '1 → 0',
    why: 'the first pixel is compared with itself',
  },
  {
    kind: 'equivalent',
    file: 'simd/threads/thread.ts',
    change: 'looks > 0 → looks >= 0',
    why: 'one look more',
  },
  {
    kind: 'equivalent',
    file: 'simd/threads/callList.ts',
    code: 'nextModule = 0;',
    change: '0 → 1',
    why: 'the numbers of modules only have to differ',
  },
  {
    kind: 'equivalent',
    file: 'simd/convolution/winograd/filterSumsKernel.ts',
    change: 'rest > 0 → true',
    why: emptyTile,
  },
  {
    kind: 'equivalent',
    file: 'finish.ts',
    code: 'const pixels: Square = [0, 0, 0, 0];',
    operator: 'number',
    why: 'they are set before anybody sees them',
  },
  {
    kind: 'equivalent',
    file: 'loops/scratch.ts',
    change: 'this.array.length < size → this.array.length <= size',
    why: 'only another array of the same size is made',
  },
  {
    kind: 'equivalent',
    file: 'reference/elementwise.ts',
    change: 'x > 0 → x >= 0',
    why: 'both formulas give log 2 at 0',
  },
  {
    kind: 'equivalent',
    file: 'windowAxes.ts',
    change: 'size + total → size - total',
    why: "only an error says it, and with 'same' there is none",
  },
  {
    kind: 'equivalent',
    file: 'simd/convolution/fft/planePair.ts',
    code: 'const bytes = 4 * height * width;',
    change: '4 → 5',
    why: 'more room than is needed',
  },
  {
    kind: 'equivalent',
    file: 'simd/pooling/unpool.ts',
    change: 'isRowMajor(places) → false',
    why: 'a copy of what lies row-major is the same',
  },
  {
    kind: 'equivalent',
    file: 'simd/pooling/unpool.ts',
    change: 'height % 2 === 1 || width % 2 === 1 → true',
    why: 'what is cleared, too, is written afterwards',
  },
];

const survivors: readonly Remark[] = [
  {
    kind: 'survivor',
    file: 'simd/elementwise/elementwise.ts',
    within: 'wholeStepping',
    change: '1 → 0',
    why: 'the same result, more slowly: single numbers are gone through like rows',
  },
  {
    kind: 'survivor',
    file: 'simd/engine.ts',
    code: 'const ending = epilogue &&',
    operator: 'logical',
    why: 'the same result, more slowly: what is not among the operands cannot be planned',
  },
];

/** The remarks on @gradus/kernels. */
export const kernels: RemarksOf = {
  target: 'kernels',
  remarks: [...leftOut, ...equivalent, ...survivors],
};
