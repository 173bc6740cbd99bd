import { grad, sum } from '@gradus/autodiff';
import { fill, OptionError, Random, ShapeError, tensor, zeros } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  averageFilter,
  directionalDerivative,
  filters,
  gabor,
  gaussianBlur,
  laplacian,
  prewitt,
  scharr,
  sobel,
  unsharpMask,
  type GradientFilterConfig,
  type Layer,
} from '../../src/index';
import { checkLayer } from '../../testing';
import { applied, given, scope, weightless } from '../applied';

const components = ['x', 'y', 'magnitude', 'direction'] as const;
const gradients = [
  [sobel, 8],
  [scharr, 32],
  [prewitt, 6],
] as const;

/** 3x3 pixels of one channel, 3 brighter with each pixel to the right and 4 with each downwards. */
const ramp = tensor([0, 3, 6, 4, 7, 10, 8, 11, 14], [1, 3, 3, 1]);

for (const [layer, unit] of gradients) {
  describe(layer.name, () => {
    it('keeps the contract of layers, per channel and mixed, frozen and trainable', () => {
      checkLayer(layer({ component: 'magnitude', padding: 'same', strides: 2 }), {
        ...weightless,
        input: [3, 4, 2],
        outputShape: () => [2, 2, 2],
      });
      checkLayer(layer({ component: 'x', mixChannels: true, trainable: true }), {
        input: [3, 4, 2],
        outputShape: () => [1, 2, 1],
        weights: { kernel: [3, 3, 2, 1] },
        parameters: { trainable: 18, nonTrainable: 0 },
      });
      checkLayer(layer({ component: 'direction', trainable: true }), {
        input: [3, 4, 1],
        outputShape: () => [1, 2, 1],
        weights: { kernel: [3, 3, 1, 2] },
        parameters: { trainable: 18, nonTrainable: 0 },
      });
    });

    it('gives the slope to the right, downwards, its magnitude and its direction', () => {
      const of = (component?: GradientFilterConfig['component']) =>
        applied(layer(component === undefined ? {} : { component }), ramp).item();
      expect(of('x')).to.equal(3 * unit);
      expect(of('y')).to.equal(4 * unit);
      expect(of('magnitude')).to.equal(5 * unit);
      expect(of()).to.equal(5 * unit);
      expect(of('direction')).to.be.closeTo(Math.atan2(4, 3), 1e-6);
    });

    it('begins as the kernel that filters has', () => {
      const built = scope();
      layer({ trainable: true }).build([3, 3, 1], built);
      const kernels = { sobel: ['sobelX', 'sobelY'], scharr: ['scharrX', 'scharrY'] } as const;
      const [x, y] =
        layer === prewitt ? (['prewittX', 'prewittY'] as const) : kernels[layer.name as 'sobel'];
      const weight = built.variables[0]!.value;
      expect(weight.shape).to.deep.equal([3, 3, 1, 2]);
      for (const i of [0, 1, 2]) {
        for (const j of [0, 1, 2]) {
          expect(weight.at(i, j, 0, 0)).to.equal(filters[x]().at(i, j));
          expect(weight.at(i, j, 0, 1)).to.equal(filters[y]().at(i, j));
        }
      }
    });

    it('has the gradient 0, not NaN, where there is no slope', () => {
      for (const component of components.slice(2)) {
        const built = scope();
        const call = layer({ component, trainable: true }).build([3, 3, 1], built);
        const context = { training: true, random: new Random(0) };
        const [dx] = grad((x) => sum(call(x, context)))(zeros([1, 3, 3, 1]));
        expect([...new Set(dx.toTypedArray())]).to.deep.equal([0]);
      }
    });

    it('refuses another component', () => {
      expect(() => layer({ component: 'z' as 'x' }))
        .to.throw(OptionError)
        .with.property(
          'message',
          `${layer.name}: expected component to be one of x, y, magnitude, direction; received 'z'.`,
        );
    });
  });
}

describe('The magnitude of mixed channels', () => {
  it('is that of the sum of their slopes', () => {
    const x = fill([1, 3, 3, 2], (i) => ramp.toTypedArray()[i >> 1]! * (i % 2 === 0 ? 1 : 2));
    expect(applied(sobel({ mixChannels: true }), x).item()).to.equal(5 * 8 * 3);
    expect([...applied(sobel(), x).toTypedArray()]).to.deep.equal([40, 80]);
  });
});

describe('The other filter layers', () => {
  const layers: readonly (readonly [Layer, readonly [number, number, number]])[] = [
    [laplacian({ padding: 'same' }), [3, 4, 2]],
    [averageFilter({ size: 2 }), [2, 3, 2]],
    [gaussianBlur({ sigma: 0.3 }), [1, 2, 2]],
    [directionalDerivative({ angle: 0.5, size: 2, mixChannels: true }), [2, 3, 1]],
    [unsharpMask({ size: 3 }), [1, 2, 2]],
    [gabor({ size: 2, theta: [0, 1], lambda: [2, 3], trainable: false }), [2, 3, 8]],
  ];
  for (const [layer, output] of layers) {
    it(`keep the contract of layers: ${layer.kind} ${JSON.stringify(layer.config)}`, () => {
      checkLayer(layer, { ...weightless, input: [3, 4, 2], outputShape: () => output });
    });
  }

  it('are trainable if they are to be', () => {
    checkLayer(gabor({ size: 2, theta: [0, 1, 2], trainable: true }), {
      input: [2, 3, 2],
      outputShape: () => [1, 2, 6],
      weights: { kernel: [2, 2, 2, 3] },
      parameters: { trainable: 24, nonTrainable: 0 },
    });
  });

  /** The kernel as the layer lays it on an image of one pixel. */
  const kernelOf = (layer: Layer, size: number) => {
    const point = fill([1, 2 * size - 1, 2 * size - 1, 1], (i, n = 2 * size - 1) =>
      i === (n * n - 1) / 2 ? 1 : 0,
    );
    const y = applied(layer, point).toTypedArray();
    return tensor(Float32Array.from(y).reverse(), [size, size]);
  };

  it('have the kernels of filters', () => {
    const same = (layer: Layer, kernel: ReturnType<typeof filters.laplacian>): void =>
      expectClose(kernelOf(layer, kernel.shape[0]!), kernel, { relative: 1e-6 });
    same(laplacian(), filters.laplacian());
    same(averageFilter(), filters.averaging({ size: 3 }));
    same(averageFilter({ size: 4 }), filters.averaging({ size: 4 }));
    same(gaussianBlur(), filters.gaussian({ size: 7, sigma: 1 }));
    same(gaussianBlur({ sigma: 1.5 }), filters.gaussian({ size: 11, sigma: 1.5 }));
    same(gaussianBlur({ sigma: 2, size: 5 }), filters.gaussian({ size: 5, sigma: 2 }));
    same(
      directionalDerivative({ angle: 0.7 }),
      filters.directionalDerivative({ size: 7, theta: 0.7, sigma: 1 }),
    );
    same(gabor({ size: 6 }), filters.gabor({ size: 6 }));
    const options = { size: 5, gamma: 0.7, psi: 1 };
    same(
      gabor({ ...options, theta: 1, lambda: 4, sigma: 2 }),
      filters.gabor({ ...options, theta: 1, lambda: 4, sigma: 2 }),
    );
  });

  it('have a bank in which wavelengths follow each other, each with all orientations', () => {
    const layer = gabor({ size: 3, theta: [0, 1], lambda: [2, 4], sigma: [1, 2] });
    const built = scope();
    gabor({ ...(layer.config as { size: 3 }), trainable: true }).build([3, 3, 1], built);
    const bank = built.variables[0]!.value;
    expect(bank.shape).to.deep.equal([3, 3, 1, 4]);
    const expected = [
      { theta: 0, lambda: 2, sigma: 1 },
      { theta: 1, lambda: 2, sigma: 1 },
      { theta: 0, lambda: 4, sigma: 2 },
      { theta: 1, lambda: 4, sigma: 2 },
    ].map((options) => filters.gabor({ size: 3, ...options }));
    expected.forEach((kernel, f) => {
      expect(bank.at(0, 2, 0, f)).to.equal(kernel.at(0, 2));
      expect(bank.at(2, 1, 0, f)).to.equal(kernel.at(2, 1));
    });
    // Two channels: those of a channel stand beside each other.
    const x = fill([1, 3, 3, 2], (i) => ramp.toTypedArray()[i >> 1]! * (i % 2 === 0 ? 1 : 2));
    const y = applied(layer, x).toTypedArray();
    expect(y).to.have.length(8);
    y.slice(0, 4).forEach((value, f) => expect(y[4 + f]).to.be.closeTo(2 * value, 1e-4));
  });

  it('sharpen: what a blur takes away is added', () => {
    const x = fill([1, 7, 7, 1], (i) => (i * i) % 11);
    const blurred = applied(gaussianBlur(), x).item();
    const itself = x.at(0, 3, 3, 0);
    expect(applied(unsharpMask(), x).item()).to.be.closeTo(2 * itself - blurred, 1e-5);
    const half = unsharpMask({ amount: 0.5 });
    expect(applied(half, x).item()).to.be.closeTo(1.5 * itself - 0.5 * blurred, 1e-5);
    const none = unsharpMask({ amount: 0 });
    expect(applied(none, x).item()).to.equal(itself);
  });

  const wrong: readonly (readonly [
    make: () => unknown,
    error: typeof OptionError | typeof ShapeError,
    message: string,
  ])[] = [
    [
      () => gaussianBlur({ sigma: 0 }),
      OptionError,
      'gaussianBlur: expected sigma to be above 0; received 0.',
    ],
    [
      () => averageFilter({ size: 0 }),
      OptionError,
      'averageFilter: expected size to be a whole number of at least 1; received 0.',
    ],
    [
      () => averageFilter({ size: 1e9 }),
      OptionError,
      'averaging: expected size to be at most 4095; received 1000000000.',
    ],
    [
      () => unsharpMask({ size: 4 }),
      OptionError,
      'unsharpMask: expected size to be odd; received 4.',
    ],
    [
      () => unsharpMask({ amount: NaN }),
      OptionError,
      'unsharpMask: expected amount to be a finite number; received NaN.',
    ],
    [
      () => gabor({ size: 3, theta: [] }),
      OptionError,
      'gabor: expected theta to be a number, or a list of at least one; received [].',
    ],
    [
      () => gabor({ size: 3, lambda: [1, 2, 3], sigma: [1, 2] }),
      OptionError,
      'gabor: expected one sigma, or one for each of 3 wavelengths; received 2.',
    ],
    [
      () => directionalDerivative({} as { angle: number }),
      OptionError,
      'directionalDerivative: expected angle to be a finite number; received undefined.',
    ],
    [
      () => laplacian({ trainable: given<boolean>('no') }),
      OptionError,
      "laplacian: expected trainable to be true or false; received 'no'.",
    ],
    [
      () => laplacian().outputShape([5, 5]),
      ShapeError,
      'laplacian: expected samples [height, width, channels] of at least one channel; received [5, 5].',
    ],
  ];
  for (const [make, error, message] of wrong) {
    it(`refuse: ${message}`, () => {
      expect(make).to.throw(error).with.property('message', message);
    });
  }
});
