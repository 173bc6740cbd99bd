import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import {
  add,
  adam,
  decodeModel,
  defineLayer,
  encodeModel,
  fill,
  grad,
  hasSimd,
  input,
  layers,
  mul,
  OptionError,
  Random,
  sequential,
  simd,
  sum,
  tensor,
  withBackend,
  type Model,
  type Tensor,
} from 'gradus';

/*
 * The entries of the museum that are no errors of computation: what we must not do ourselves. More is
 * tested where it belongs, as said beside each.
 */

const random = new Random(3);
const images = fill([8, 6, 6, 1], () => random.normal());
const targets = fill([8, 2], () => random.normal());

function network(seed = 0): Model {
  const model = sequential(
    [
      input([6, 6, 1]),
      layers.conv2d({ filters: 2, kernelSize: 3, activation: 'relu' }),
      layers.flatten(),
      layers.dropout({ rate: 0.25 }),
      layers.dense({ units: 2 }),
    ],
    { seed },
  );
  model.compile({ optimizer: adam({ learningRate: 0.02 }), loss: 'meanSquaredError' });
  return model;
}

const triple = (): ReturnType<typeof layers.dense> =>
  defineLayer<Tensor>({
    kind: 'triple',
    config: {},
    outputShape: (shape) => shape,
    build(shape, scope) {
      const factor = scope.variable('factor', shape, 'ones');
      return (x) => mul(mul(x, factor.value), 3);
    },
  });

describe('Entry 7: the WebAssembly engine', () => {
  // All its gradients: kernels/test/engines.spec.ts.
  it('trains a convolutional network', async function () {
    if (!hasSimd()) this.skip();
    const model = withBackend(simd, () => network());
    const { history } = await model.fit(images, targets, { epochs: 20 });
    expect(history['loss']!.at(-1)).to.be.below(history['loss']![0]! / 2);
  });
});

describe('Entry 8: layers of a user', () => {
  // layers/test/lambda.spec.ts; train/test/model/model.spec.ts; layers/test/saving/saving.spec.ts
  it('may be functions, and have weights that the model reports', () => {
    const model = sequential([input([2]), layers.lambda((x) => mul(x, 2)), triple()]);
    expect(model.variables.map(({ name }) => name)).to.deep.equal(['model/1_triple/factor']);
    expect(model.predict(tensor([[1, 2]])).toArray()).to.deep.equal([[6, 12]]);
  });

  it('are read by the functions that are given for their kinds, and not without', () => {
    const bytes = encodeModel(sequential([input([2]), triple()]));
    expect(() => decodeModel(bytes)).to.throw(OptionError, 'triple');
    const read = decodeModel(bytes, { layers: { triple } });
    expect(read.predict(tensor([[1, 2]])).toArray()).to.deep.equal([[3, 6]]);
  });
});

describe('Entry 9: chance', () => {
  // train/test/loop and train/test/model: the same bits for the same seeds, on every engine.
  it('comes from the seeds alone: weights, order and dropout', async () => {
    const trained = async (seed: number): Promise<string> => {
      const model = network(seed);
      await model.fit(images, targets, { epochs: 2, batchSize: 3, seed });
      return JSON.stringify(model.getWeights().map((weight) => weight.toArray()));
    };
    const random: unknown = Reflect.get(Math, 'random');
    Object.assign(Math, { random: () => expect.fail('Math.random was called') });
    try {
      expect(await trained(1)).to.equal(await trained(1));
      expect(await trained(1)).to.not.equal(await trained(2));
    } finally {
      Object.assign(Math, { random });
    }
  });
});

describe('Entry 11: what is installed, and what stays in memory', () => {
  // Memory while models train: gradus/test/steadyMemory.spec.ts. Files: io/test, train/test/saving.
  it('is no native code: no package that gradus brings runs anything when it is installed', () => {
    const seen = new Map<string, object>();
    collect('gradus', join(__dirname, '../package.json'), seen);
    expect([...seen.keys()]).to.include.members(['gradus', '@gradus/tensor', 'ndarray']);
    const builds = [...seen].filter(([, manifest]) => {
      const { scripts = {}, gypfile } = manifest as Manifest;
      return (
        gypfile === true || ['preinstall', 'install', 'postinstall'].some((on) => on in scripts)
      );
    });
    expect(builds.map(([name]) => name)).to.deep.equal([]);
  });
});

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly gypfile?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The package.json of a package and of all it depends on, as they are installed. */
function collect(name: string, from: string, seen: Map<string, object>): void {
  if (seen.has(name)) return;
  const file = createRequire(from)
    .resolve.paths(name)!
    .map((folder) => join(folder, name, 'package.json'))
    .find((path) => existsSync(path))!;
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  seen.set(name, manifest);
  const real = join(realFolder(file), 'package.json');
  for (const dependency of Object.keys(manifest.dependencies ?? {}))
    collect(dependency, real, seen);
}

/** Where a linked package lies, beside what it depends on. */
function realFolder(file: string): string {
  return dirname(createRequire(file).resolve('./package.json'));
}

describe('Entry 12: a tensor', () => {
  it('may be used as often as one likes: nothing consumes it', () => {
    const a = tensor([1, 2, 3]);
    expect(add(a, mul(a, a)).toArray()).to.deep.equal([2, 6, 12]);
    const [slope] = grad((x) => sum(add(x, mul(x, x))))(a);
    expect(slope.toArray()).to.deep.equal([3, 5, 7]);
    expect(add(a, a).toArray()).to.deep.equal([2, 4, 6]);
  });
});

describe('Entry 14: every Node that package.json names', () => {
  it('runs it, this one among them', () => {
    const file = join(__dirname, '../../gradus/package.json');
    const { engines } = JSON.parse(readFileSync(file, 'utf8')) as { engines: { node: string } };
    expect(engines.node).to.equal('>=20.19');
    const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
    expect(major * 100 + minor).to.be.at.least(2019);
    expect(add(tensor([1]), tensor([2])).toArray()).to.deep.equal([3]);
  });
});

describe('Entry 17: a saved lambda', () => {
  // layers/test/saving/saving.spec.ts: refused without a name, whatever it stands in.
  it('is a name, never code', () => {
    const secretSauce = (x: Tensor): Tensor => mul(x, 17);
    const model = sequential([input([1]), layers.lambda(secretSauce)]);
    expect(() => encodeModel(model)).to.throw(OptionError, 'Code is not saved.');
    const bytes = encodeModel(model, { functions: { sauce: secretSauce } });
    const text = Buffer.from(bytes).toString('latin1');
    expect(text).to.include('sauce').and.not.include('=>').and.not.include('secretSauce');
    const other = (x: Tensor): Tensor => mul(x, 2);
    const read = decodeModel(bytes, { functions: { sauce: other } });
    expect(read.predict(tensor([[1]])).toArray()).to.deep.equal([[2]]);
  });
});
