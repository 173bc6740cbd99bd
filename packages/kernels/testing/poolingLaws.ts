import { full, ones, zeros, type Tensor, type View } from '@gradus/tensor';
import { expectClose, views } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { convGeometry, poolOutputShape, type Backend, type PoolGeometry } from '../src/index';
import { engineTolerances } from './checkCall';
import { innerProduct } from './innerProduct';
import { forAll, type Law } from './law';
import { poolGeometryOf, poolings } from './poolings';

const tolerance = { relative: engineTolerances.float64 };
const doubles = { dtype: 'float64' } as const;

const cases = poolings().chain((pooling) => {
  const geometry = poolGeometryOf(pooling);
  return fc.record({
    geometry: fc.constant(geometry),
    x: views(pooling.x, doubles),
    values: views(pooling.x, doubles),
    y: views(poolOutputShape(geometry), doubles),
  });
});

/** The algebra of pooling. */
export const poolingLaws: readonly Law[] = [
  {
    title: 'finds at the maxima of x, in x itself, what it pools to',
    check(backend, options = {}) {
      forAll(cases, options, ({ geometry, x }) => {
        const largest = filled(poolOutputShape(geometry), (out) =>
          backend.maxPool2d(x, geometry, out),
        );
        expectClose(takeAtMaxima(backend, [x, x], geometry), largest, { relative: 0 });
      });
    },
  },
  {
    title: 'makes the gradients of pooling adjoint to it: <pool(x), dy> = <x, dx>',
    check(backend, options = {}) {
      forAll(cases, options, ({ geometry, x, values, y }) => {
        const taken = takeAtMaxima(backend, [values, x], geometry);
        const dx = filled(x.shape, (out) => backend.maxPool2dInputGradient(y, x, geometry, out));
        expectClose(innerProduct(values, dx), innerProduct(taken, y), tolerance);
        const mean = filled(y.shape, (out) => backend.averagePool2d(x, geometry, out));
        const share = filled(x.shape, (out) =>
          backend.averagePool2dInputGradient(y, geometry, out),
        );
        expectClose(innerProduct(x, share), innerProduct(mean, y), tolerance);
      });
    },
  },
  {
    title: 'averages what convolution sums: the window of x, and how many pixels it has',
    check(backend, options = {}) {
      forAll(cases, options, ({ geometry, x, y }) => {
        const { pool, strides, channels, padding } = geometry;
        const filter = ones([pool.height, pool.width, 1, channels], 'float64');
        const windows = convGeometry('conv2d', x.shape, filter.shape, {
          strides: [strides.vertical, strides.horizontal],
          padding: [
            [padding.top, padding.bottom],
            [padding.left, padding.right],
          ],
          groups: channels,
        });
        const sums = (images: View): Tensor =>
          filled(y.shape, (out) => backend.conv2d(images, filter, windows, out));
        const mean = filled(y.shape, (out) => backend.averagePool2d(x, geometry, out));
        const expected = zeros(y.shape, 'float64');
        backend.zip('div', sums(x), sums(ones(x.shape, 'float64')), expected);
        expectClose(mean, expected, tolerance);
      });
    },
  },
];

function takeAtMaxima(
  backend: Backend,
  [values, x]: readonly [View, View],
  geometry: PoolGeometry,
): Tensor {
  return filled(poolOutputShape(geometry), (out) => backend.takeAtMaxima(values, x, geometry, out));
}

function filled(shape: readonly number[], fill: (out: View) => void): Tensor {
  const out = full(shape, NaN, 'float64');
  fill(out);
  return out;
}
