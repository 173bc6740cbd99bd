import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as autodiff from '@gradus/autodiff';
import * as autodiffTesting from '@gradus/autodiff/testing';
import * as data from '@gradus/data';
import * as dataTesting from '@gradus/data/testing';
import * as io from '@gradus/io';
import * as kernels from '@gradus/kernels';
import * as kernelsTesting from '@gradus/kernels/testing';
import * as kernelsTestingNode from '@gradus/kernels/testing/node';
import * as layers from '@gradus/layers';
import * as layersTesting from '@gradus/layers/testing';
import * as models from '@gradus/models';
import * as optimizers from '@gradus/optimizers';
import * as optimizersTesting from '@gradus/optimizers/testing';
import * as tensor from '@gradus/tensor';
import * as tensorTesting from '@gradus/tensor/testing';
import * as train from '@gradus/train';
import * as trainTesting from '@gradus/train/testing';
import * as viz from '@gradus/viz';
import * as gradus from '../src/index';
import * as testing from '../testing/index';
import * as testingNode from '../testing/node';
import { exportedNames, type ExportedNames } from './exportedNames';

type Module = Readonly<Record<string, unknown>>;

const flat: Readonly<Record<string, Module>> = { tensor, autodiff, optimizers, train };
const flatTesting: Readonly<Record<string, Module>> = {
  tensor: tensorTesting,
  kernels: kernelsTesting,
  autodiff: autodiffTesting,
  layers: layersTesting,
  optimizers: optimizersTesting,
  data: dataTesting,
  train: trainTesting,
};

/** The names that are missing from `whole`, or are something else there. */
function lost(part: Module, whole: Module): string[] {
  return Object.keys(part).filter((name) => !Object.is(whole[name], part[name]));
}

describe('gradus', () => {
  for (const [name, part] of Object.entries(flat)) {
    it(`exports all of ${name} by its own names`, () => {
      expect(Object.keys(part)).not.to.be.empty;
      expect(lost(part, gradus)).to.deep.equal([]);
    });
  }

  it('exports the larger vocabularies each under one name', () => {
    expect(lost(layers, gradus.layers)).to.deep.equal([]);
    expect(lost(data, gradus.data)).to.deep.equal([]);
    expect(lost(io, gradus.io)).to.deep.equal([]);
    expect(lost(models, gradus.models)).to.deep.equal([]);
    expect(lost(viz, gradus.viz)).to.deep.equal([]);
  });

  it('exports nothing else but what models and layers begin with, and the engine', () => {
    const names = new Set(Object.values(flat).flatMap((part) => Object.keys(part)));
    const others = Object.keys(gradus).filter((name) => !names.has(name));
    expect(others.toSorted()).to.deep.equal([
      ...[
        'constraints',
        'data',
        'defineLayer',
        'enableThreads',
        'filters',
        'hasRelaxedSimd',
        'hasSimd',
        'initializers',
        'input',
        'io',
        'layers',
        'loops',
        'makeSimd',
        'models',
        'regularizers',
        'serveThread',
        'simd',
        'viz',
      ],
    ]);
    const { constraints, defineLayer, filters, initializers, input, regularizers } = layers;
    const flatLayers = { constraints, defineLayer, filters, initializers, input, regularizers };
    expect(lost(flatLayers, gradus)).to.deep.equal([]);
    expect(gradus.loops).to.equal(kernels.loops);
  });
});

describe('gradus/testing', () => {
  for (const [name, part] of Object.entries(flatTesting)) {
    it(`exports all of ${name}/testing`, () => {
      expect(Object.keys(part)).not.to.be.empty;
      expect(lost(part, testing)).to.deep.equal([]);
    });
  }

  it('leaves no testing folder out', () => {
    const packages = join(__dirname, '../..');
    const folders = readdirSync(packages).filter(
      (name) => name !== 'gradus' && existsSync(join(packages, name, 'testing/index.ts')),
    );
    expect(Object.keys(flatTesting)).to.have.members(folders);
  });

  it('exports nothing else', () => {
    const names = new Set(Object.values(flatTesting).flatMap((part) => Object.keys(part)));
    expect(Object.keys(testing).filter((name) => !names.has(name))).to.deep.equal([]);
  });
});

describe('gradus/testing/node', () => {
  it('exports all of kernels/testing/node', () => {
    expect(Object.keys(kernelsTestingNode)).not.to.be.empty;
    expect({ ...testingNode }).to.deep.equal({ ...kernelsTestingNode });
  });
});

// `export *` drops a name that two modules export, and an export of its own hides theirs, both in
// silence. The compiler sees types too.
describe('Names, types among them,', function () {
  this.timeout(60_000);

  const groups = [
    ['gradus/src', Object.keys(flat).map((name) => `${name}/src`)],
    ['gradus/testing', Object.keys(flatTesting).map((name) => `${name}/testing`)],
  ] as const;
  const vocabularies = ['constraints', 'filters', 'initializers', 'regularizers'];
  const entries = [
    ...['autodiff', 'data', 'io', 'kernels', 'layers', 'models', 'optimizers', 'tensor', 'train']
      .concat('viz')
      .map((name) => `${name}/src`),
    ...['data', 'io', 'train'].map((name) => `${name}/src/node`),
    ...vocabularies.map((name) => `layers/src/${name}`),
    ...Object.keys(flatTesting).map((name) => `${name}/testing`),
    'kernels/testing/node',
  ];
  let modules: ReadonlyMap<string, ExportedNames>;

  before(() => {
    modules = exportedNames([...groups.map(([whole]) => whole), ...entries]);
  });

  for (const [whole, parts] of groups) {
    it(`of the parts of ${whole} do not collide`, () => {
      const all = modules.get(whole)!;
      const missing = parts.flatMap((part) =>
        [...modules.get(part)!]
          .filter(([name, { place }]) => all.get(name)?.place !== place)
          .map(([name]) => `${name} of ${part}`),
      );
      expect(missing).to.deep.equal([]);
    });
  }

  it('are all explained', () => {
    const silent = entries.flatMap((entry) =>
      [...modules.get(entry)!]
        .filter(([, { docstring, isModule }]) => docstring === '' && !isModule)
        .map(([name]) => `${name} of ${entry}`),
    );
    expect(silent).to.deep.equal([]);
  });
});
