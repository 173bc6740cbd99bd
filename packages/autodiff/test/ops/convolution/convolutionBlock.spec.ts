import { loops } from '@gradus/kernels';
import { checkSample, engines } from '../../../testing';
import { convolutionCases, convolutions } from '@gradus/kernels/testing';
import { arrayStorage, ShapeError, Tensor, tensor, zeros, type View } from '@gradus/tensor';
import { expectClose, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  add,
  conv2d,
  conv2dBias,
  conv2dBiasMaxPool,
  conv2dPooledInputGradient,
  conv2dPooledParameterGradient,
  grad,
  maxPool2d,
  mul,
  relu,
  sum,
  takeAtPlaces,
  unpool,
  valueAndGrad,
  withBackend,
  type ConvOptions,
} from '../../../src/index';

const tolerance = { relative: 1e-12 };
const asTensor = (view: View): Tensor => new Tensor(arrayStorage(view.dtype, view.data), view);

/** Convolutions whose results have room for a square of 2x2 pixels. */
const cases = convolutions({ maxKernel: 3, maxStep: 2 }).chain((convolution) =>
  convolutionCases(fc.constant(convolution), 'float64').chain((drawn) =>
    fc.record({
      x: fc.constant(asTensor(drawn.x)),
      filter: fc.constant(asTensor(drawn.filter)),
      bias: views([drawn.shapes.y[3]!], { dtype: 'float64' }).map(asTensor),
      options: fc.constant(convolution.options),
      y: fc.constant(drawn.shapes.y),
      negative: fc.boolean(),
    }),
  ),
);

type Arguments = readonly [x: Tensor, filter: Tensor, bias: Tensor];

/** Value and gradients of a weighted sum, whose weights differ from pixel to pixel. */
function weighted(f: (...args: Arguments) => Tensor, args: Arguments): readonly Tensor[] {
  const { value, grads } = valueAndGrad(() => {
    const y = f(...args);
    const weights = Float64Array.from({ length: y.size }, (_, i) => 1 + (i % 7));
    return sum(mul(y, tensor(weights, y.shape)));
  }, args);
  return [value, ...grads];
}

describe('A block of a convolution and what follows it', () => {
  const blocks = [
    {
      title: 'conv2dBias is conv2d, add and relu, with their gradients',
      pools: false,
      fused: conv2dBias,
      plain: (y: Tensor): Tensor => y,
    },
    {
      title: 'conv2dBiasMaxPool is conv2d, add, relu and maxPool2d, with their gradients',
      pools: true,
      fused: conv2dBiasMaxPool,
      plain: (y: Tensor): Tensor => maxPool2d(y, { poolSize: 2 }),
    },
  ];
  for (const { title, pools, fused, plain } of blocks) {
    it(title, () => {
      fc.assert(
        fc.property(cases, ({ x, filter, bias, options, y, negative }) => {
          if (pools && (y[1]! < 2 || y[2]! < 2)) return;
          withBackend(loops, () => {
            const plainly =
              (options: ConvOptions, cut: boolean) =>
              (...[x, f, b]: Arguments) => {
                const biased = add(conv2d(x, f, options), b);
                return plain(cut ? relu(biased) : biased);
              };
            const args = [x, filter, bias] as const;
            const block = { ...options, relu: negative };
            const expected = weighted(plainly(options, negative), args);
            const found = weighted((x, f, b) => fused(x, f, b, block), args);
            expected.forEach((tensor, i) => expectClose(found[i]!, tensor, tolerance));
          });
        }),
        { numRuns: 60, interruptAfterTimeLimit: 10_000 },
      );
    });
  }

  it('cuts nothing off unless it is told to, nor gradients', () => {
    const [filter, bias] = [tensor([1], [1, 1, 1, 1]), tensor([-5], [1])];
    const x = tensor([1, 2, 3, 4], [1, 2, 2, 1]);
    for (const [block, y, dx] of [
      [conv2dBias, [-4, -3, -2, -1], [1, 1, 1, 1]],
      [conv2dBiasMaxPool, [-1], [0, 0, 0, 1]],
    ] as const) {
      expect([...block(x, filter, bias).toTypedArray()]).to.deep.equal(y);
      const [found] = grad((x: Tensor) => sum(block(x, filter, bias)))(x);
      expect([...found.toTypedArray()]).to.deep.equal(dx);
    }
  });

  it('pools nothing of images of one row', () => {
    const y = conv2dBiasMaxPool(zeros([1, 1, 6, 1]), zeros([1, 1, 1, 2]), zeros([2]));
    expect(y.shape).to.deep.equal([1, 0, 3, 2]);
  });

  it('has right gradients where relu leaves some, none or all pixels', () => {
    const op = conv2dBiasMaxPool.cases.find(({ inputs }) => inputs[1]!.shape === '1114')!;
    // Below 1 and above, far from it: with these parameters sums are of both signs, far from 0.
    const numbers = Float64Array.from({ length: 24 }, (_, i) => {
      const k = (i * 7) % 24;
      return (k < 12 ? 8 + k : 36 + k) / 32;
    });
    const x = tensor(numbers, [1, 3, 4, 2]);
    const filter = tensor(Float64Array.of(1, -1, 1, -2), [1, 1, 1, 4]);
    const bias = tensor(Float64Array.of(-1, 1, 0.5, -0.25), [4]);
    const y = withBackend(loops, () => op.call([x, filter, bias])).toTypedArray();
    const negative = y.filter((value) => value === 0).length;
    expect(negative).to.be.within(1, y.length - 1);
    checkSample(op, engines, [x, filter, bias]);
  });

  it('gives no gradient for numbers that are not above 0, nor for NaN', () => {
    const x = tensor([1, 1, -1, -2, NaN, 1, 1, 1, -3, -4, 1, 1], [1, 2, 6, 1]);
    const slopes = tensor([2, NaN, Infinity], [1, 1, 3, 1]);
    for (const engine of engines) {
      const f = (bias: Tensor): Tensor =>
        sum(mul(conv2dBiasMaxPool(x, tensor([1], [1, 1, 1, 1]), bias, { relu: true }), slopes));
      const [db] = withBackend(engine, () => grad(f)(tensor([0], [1])));
      expect(db.item()).to.equal(2);
    }
  });

  it('gives the gradient of a square to the first of equal pixels', () => {
    const pooled = (x: Tensor): Tensor =>
      sum(conv2dBiasMaxPool(x, tensor([1], [1, 1, 1, 1]), tensor([1])));
    const [dx] = grad(pooled)(tensor([2, 2, 2, 2], [1, 2, 2, 1]));
    expect([...dx.toTypedArray()]).to.deep.equal([1, 0, 0, 0]);
  });
});

describe('Blocks refuse', () => {
  const x = zeros([1, 4, 4, 2]);
  const filter = zeros([3, 3, 2, 5]);
  const places = tensor(new Uint8Array(4), [1, 2, 2, 1]);
  const mistakes: [string, () => unknown, string][] = [
    [
      'a bias that has no number for each filter',
      () => conv2dBias(x, filter, zeros([4])),
      'conv2dBias: expected a bias [5], a number for each filter; received [4].',
    ],
    [
      'one that would be broadcast',
      () => conv2dBiasMaxPool(x, filter, zeros([1])),
      'conv2dBiasMaxPool: expected a bias [5], a number for each filter; received [1].',
    ],
    [
      'numbers that do not fit their places',
      () => unpool(zeros([1, 2, 2, 2]), { places, shape: [1, 4, 4, 1] }),
      'unpool: expected numbers and places of 2x2 pooling, uint8, of [1, 4, 4, 1]; ' +
        'received [1, 2, 2, 2], and places uint8 [1, 2, 2, 1].',
    ],
    [
      'places that are no whole numbers',
      () => takeAtPlaces(zeros([1, 4, 4, 1]), { places: zeros([1, 2, 2, 1]) }),
      'takeAtPlaces: expected numbers and places of 2x2 pooling, uint8, of [1, 4, 4, 1]; ' +
        'received [1, 2, 2, 1], and places float32 [1, 2, 2, 1].',
    ],
    [
      'places of another result',
      () =>
        conv2dPooledParameterGradient(zeros([1, 2, 2, 1]), x, {
          places,
          filterShape: [1, 1, 2, 5],
        }),
      'conv2dPooledParameterGradient: expected numbers and places of 2x2 pooling, uint8, of ' +
        '[1, 4, 4, 5]; received [1, 2, 2, 1], and places uint8 [1, 2, 2, 1].',
    ],
    [
      'a shape of fractions',
      () =>
        conv2dPooledInputGradient(zeros([1, 2, 2, 1]), filter, {
          places,
          inputShape: [1, 4.5, 4, 2],
        }),
      'conv2dPooledInputGradient: expected a shape of whole numbers, none negative; ' +
        'received [1, 4.5, 4, 2]. Axis 1 is 4.5.',
    ],
  ];
  for (const [what, f, message] of mistakes) {
    it(what, () => {
      expect(f).to.throw(ShapeError).with.property('message', message);
    });
  }
});
