import type { Tensor } from '@gradus/tensor';
import {
  defineLaw,
  expectClose,
  indicesOf,
  noTolerance,
  rearranged,
  usualTolerance,
  type Agreement,
  type Law,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import { flipped, subsampled, windowOf } from '../rearrange';
import { images, poolingCases, poolingProblems, type PoolingCase } from './cases';
import { poolingKinds, poolOf, without, type PoolingKind } from './excuses';
import type { PoolingImplementation, PoolingPadding, PoolingSettings } from './implementation';

type PoolingLaw = Law<PoolingImplementation>;

/** What pooling does to images that are moved, turned over, or taken apart. */
export const symmetryLaws: readonly PoolingLaw[] = poolingKinds.flatMap((kind) => [
  shiftEquivariance(kind),
  independence(kind),
  flipSymmetry(kind),
  transposition(kind),
  subsampling(kind),
  separability(kind),
]);

/** Maxima are moved, means are rounded. */
function closeness(kind: PoolingKind): Pick<PoolingLaw, 'tolerance'> & {
  readonly within: (subject: PoolingImplementation) => Agreement;
} {
  const tolerance = kind === 'max' ? noTolerance : usualTolerance;
  return { tolerance, within: ({ dtype }) => ({ relative: tolerance[dtype], scale: 4 }) };
}

function shiftEquivariance(kind: PoolingKind): PoolingLaw {
  const { tolerance, within } = closeness(kind);
  return defineLaw<PoolingImplementation, PoolingCase & { shift: readonly [number, number] }>({
    name: `pooling/${kind}-shift-equivariant`,
    statement: `${kind}Pool(x moved by k strides) = ${kind}Pool(x) moved by k.`,
    source: 'Window i of what is moved by k strides is window i + k.',
    domain: 'The interior: no padding; all strides; float32 and float64.',
    tolerance,
    excuse: without(kind, 'valid'),
    cases: (subject) =>
      fc
        .record({
          problem: poolingProblems(subject, { paddings: ['valid'] }),
          shift: fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 })),
        })
        .chain(({ problem: { settings, shape }, shift }) => {
          const [n, height, width, c] = shape as [number, number, number, number];
          const [down, right] = pixelsOf(shift, settings);
          return fc.record({
            settings: fc.constant(settings),
            shift: fc.constant(shift),
            x: images(subject, [n, height + down, width + right, c]),
          });
        }),
    holds(subject, { x, settings, shift }) {
      const pool = poolOf(subject, kind);
      const moved = pool(from(x, pixelsOf(shift, settings)), settings);
      expectClose(moved, from(pool(x, settings), shift), within(subject));
    },
  });
}

function independence(kind: PoolingKind): PoolingLaw {
  const { tolerance, within } = closeness(kind);
  return defineLaw<PoolingImplementation, PoolingCase>({
    name: `pooling/${kind}-of-each-channel-apart`,
    statement: `${kind}Pool(x)[n, :, :, c] = ${kind}Pool(x[n, :, :, c]).`,
    source: 'A window lies in one channel of one image.',
    domain: 'All paddings, border included; float32 and float64.',
    tolerance,
    excuse: without(kind),
    cases: (subject) => poolingCases(subject),
    holds(subject, { x, settings }) {
      const pool = poolOf(subject, kind);
      const whole = pool(x, settings);
      for (const [n, c] of indicesOf([x.shape[0]!, x.shape[3]!])) {
        const plane = (view: Tensor): Tensor =>
          rearranged(view, [1, view.shape[1]!, view.shape[2]!, 1], ([, i, j]) => [n!, i!, j!, c!]);
        expectClose(plane(whole), pool(plane(x), settings), within(subject));
      }
    },
  });
}

function flipSymmetry(kind: PoolingKind): PoolingLaw {
  const { tolerance, within } = closeness(kind);
  return defineLaw<PoolingImplementation, PoolingCase>({
    name: `pooling/${kind}-flip-symmetric`,
    statement: `${kind}Pool(x turned over) = ${kind}Pool(x) turned over, with the padding turned over.`,
    source: 'Turned over, the windows of an image are windows again, if the last one ends with it.',
    domain:
      'No padding or pairs, windows that end where the padded image does; float32 and float64.',
    tolerance,
    excuse: without(kind, 'valid', 'explicit'),
    cases: (subject) => poolingCases(subject, { paddings: ['valid', 'explicit'], fitting: true }),
    holds(subject, { x, settings }) {
      const pool = poolOf(subject, kind);
      const turned = (images: Tensor): Tensor => flipped(images, [1, 2]);
      const padding = changed(settings.padding, ([rows, columns]) => [
        turnedOver(rows),
        turnedOver(columns),
      ]);
      expectClose(
        pool(turned(x), { ...settings, padding }),
        turned(pool(x, settings)),
        within(subject),
      );
    },
  });
}

function transposition(kind: PoolingKind): PoolingLaw {
  const { tolerance, within } = closeness(kind);
  return defineLaw<PoolingImplementation, PoolingCase>({
    name: `pooling/${kind}-transposes`,
    statement: `${kind}Pool(x^T) = ${kind}Pool(x)^T, with height and width exchanged in all settings.`,
    source: 'The definition does not tell the axes apart.',
    domain: 'All paddings, border included; float32 and float64.',
    tolerance,
    excuse: without(kind),
    cases: (subject) => poolingCases(subject),
    holds(subject, { x, settings }) {
      const pool = poolOf(subject, kind);
      const exchanged: PoolingSettings = {
        poolSize: turnedOver(settings.poolSize),
        strides: turnedOver(settings.strides),
        padding: changed(settings.padding, turnedOver),
      };
      const found = pool(transposed(x), exchanged);
      expectClose(found, transposed(pool(x, settings)), within(subject));
    },
  });
}

function subsampling(kind: PoolingKind): PoolingLaw {
  const { tolerance, within } = closeness(kind);
  return defineLaw<PoolingImplementation, PoolingCase>({
    name: `pooling/${kind}-strides-subsample`,
    statement: `${kind}Pool(x) with strides s = every s-th number of ${kind}Pool(x) with strides 1.`,
    source: 'Window i of stride s is window s i of stride 1.',
    domain: "No padding or pairs ('same' depends on the stride); float32 and float64.",
    tolerance,
    excuse: without(kind, 'valid', 'explicit'),
    cases: (subject) => poolingCases(subject, { paddings: ['valid', 'explicit'] }),
    holds(subject, { x, settings }) {
      const pool = poolOf(subject, kind);
      const [down, right] = settings.strides;
      const dense = pool(x, { ...settings, strides: [1, 1] });
      const expected = subsampled(dense, [1, down, right, 1]);
      expectClose(pool(x, settings), expected, within(subject));
    },
  });
}

function separability(kind: PoolingKind): PoolingLaw {
  const { tolerance, within } = closeness(kind);
  return defineLaw<PoolingImplementation, PoolingCase>({
    name: `pooling/${kind}-separable`,
    statement: `${kind}Pool over [h, w] = ${kind}Pool over [h, 1], then over [1, w].`,
    source: 'A window is a product of rows and columns, and so is what of it lies in the image.',
    domain: 'All paddings, border included; float32 and float64.',
    tolerance,
    excuse: without(kind),
    cases: (subject) => poolingCases(subject),
    holds(subject, { x, settings }) {
      const pool = poolOf(subject, kind);
      const [[height, width], [down, right]] = [settings.poolSize, settings.strides];
      const vertical = changed(settings.padding, ([sides]) => [sides, [0, 0]]);
      const horizontal = changed(settings.padding, ([, sides]) => [[0, 0], sides]);
      const columns = pool(x, { poolSize: [height, 1], strides: [down, 1], padding: vertical });
      const both = { poolSize: [1, width], strides: [1, right], padding: horizontal } as const;
      expectClose(pool(columns, both), pool(x, settings), within(subject));
    },
  });
}

type Pairs = Exclude<PoolingPadding, string>;

/** Pairs of padding changed; words stay. */
function changed(padding: PoolingPadding, change: (sides: Pairs) => Pairs): PoolingPadding {
  return typeof padding === 'string' ? padding : change(padding);
}

function turnedOver<T>([first, second]: readonly [T, T]): [T, T] {
  return [second, first];
}

function pixelsOf(
  shift: readonly [number, number],
  { strides }: PoolingSettings,
): [number, number] {
  return [shift[0] * strides[0], shift[1] * strides[1]];
}

/** What lies below and to the right of a pixel. */
function from(x: Tensor, [top, left]: readonly [number, number]): Tensor {
  const [n, height, width, c] = x.shape as [number, number, number, number];
  const shape = [n, height - top, width - left, c];
  return windowOf(x, [0, top, left, 0], shape);
}

function transposed(x: Tensor): Tensor {
  const [n, height, width, c] = x.shape as [number, number, number, number];
  return rearranged(x, [n, width, height, c], ([i, j, h, k]) => [i!, h!, j!, k!]);
}
