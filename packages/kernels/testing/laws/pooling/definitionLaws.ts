import {
  defineLaw,
  expectClose,
  noTolerance,
  usualTolerance,
  type Law,
} from '@gradus/tensor/testing';
import { poolingCases, type PoolingCase } from './cases';
import { either, poolingKinds, poolOf, without } from './excuses';
import type { PoolingImplementation } from './implementation';
import { largest, meanOf, pooledBy, sidesOf } from './windows';

const everywhere = 'All paddings, border included; float32 and float64.';

/** What pooling is, window by window. */
export const definitionLaws: readonly Law<PoolingImplementation>[] = [
  defineLaw({
    name: 'pooling/max-definition',
    statement: 'maxPool(x)[n, i, j, c] = max of x[n, h, w, c] over the pixels of window (i, j).',
    source: 'I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 9.3.',
    domain: everywhere,
    tolerance: noTolerance,
    excuse: without('max'),
    cases: (subject) => poolingCases(subject),
    holds(subject, { x, settings }) {
      expectClose(subject.maxPool2d!(x, settings), pooledBy(x, settings, largest), { relative: 0 });
    },
  }),
  defineLaw({
    name: 'pooling/average-definition',
    statement:
      'averagePool(x)[n, i, j, c] = mean of x[n, h, w, c] over the pixels of window (i, j).',
    source: 'I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 9.3.',
    domain: `${everywhere} Padding counts, as zeros, only where the implementation says so.`,
    tolerance: usualTolerance,
    excuse: without('average'),
    cases: (subject) => poolingCases(subject),
    holds(subject, { x, settings }) {
      const [height, width] = settings.poolSize;
      const expected = pooledBy(x, settings, (window) =>
        meanOf(window, subject.countsPadding ? height * width : window.length),
      );
      const relative = usualTolerance[subject.dtype];
      expectClose(subject.averagePool2d!(x, settings), expected, { relative, scale: 4 });
    },
  }),
  ...poolingKinds.map((kind) =>
    defineLaw<PoolingImplementation, PoolingCase>({
      name: `pooling/${kind}-same-is-explicit`,
      statement:
        "Padding 'same' is p = max((ceil(size / stride) - 1) stride + pool - size, 0) pixels, " +
        'floor(p / 2) of them before.',
      source: 'TensorFlow, guide of tf.nn, "Notes on padding"; Keras pads alike.',
      domain: "Padding 'same' and pairs; float32 and float64.",
      tolerance: noTolerance,
      excuse: either(without(kind, 'same'), without(kind, 'explicit')),
      cases: (subject) => poolingCases(subject, { paddings: ['same'] }),
      holds(subject, { x, settings }) {
        const pool = poolOf(subject, kind);
        const padding = sidesOf(x.shape, settings);
        expectClose(pool(x, settings), pool(x, { ...settings, padding }), { relative: 0 });
      },
    }),
  ),
];
