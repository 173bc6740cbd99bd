import { engines } from '@gradus/autodiff/testing';
import * as autodiff from '@gradus/autodiff';
import * as tensors from '@gradus/tensor';
import { checkLaws, configuredRuns, inCode } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import * as all from '../../../src/index';
import { layerFactories } from '../../../src/index';
import {
  layerLaws,
  layers,
  layersByKind,
  layersOn,
  type LayerCase,
  type LayerKind,
} from '../../../testing';
import { evaluated } from '../../../../tensor/testing/node/evaluated';

const kinds = Object.keys(layersByKind) as LayerKind[];

/** One case of each kind for each law, another on each engine; more in long runs. */
const runs = configuredRuns(1);
const { seed = 0 } = fc.readConfigureGlobal();

describe('Generated layers', () => {
  it('are of each kind that there is', () => {
    expect([...kinds].sort()).to.deep.equal(Object.keys(layerFactories).sort());
  });

  it('are of the kind that they are drawn for', () => {
    for (const kind of kinds) {
      for (const { layer } of fc.sample(layersByKind[kind], { numRuns: 5, seed: 0 })) {
        expect(layer.kind).to.equal(kind);
      }
    }
  });

  for (const kind of kinds) {
    it(`obey the laws of layers: ${kind}`, () => {
      const cases = layersByKind[kind];
      engines.forEach((engine, n) =>
        checkLaws(layerLaws, layersOn(engine, kind, cases), { runs, seed: seed + n }),
      );
    });
  }

  it('are what they write as code', () => {
    const drawn = kinds.flatMap((kind) => fc.sample(layersByKind[kind], { numRuns: 3, seed: 1 }));
    for (const one of drawn) {
      const context = { ...tensors, ...autodiff, ...all, layers: all };
      const made = evaluated(inCode(one), context) as LayerCase;
      const { input, layer, reading } = one;
      expect(JSON.stringify(made.input)).to.equal(JSON.stringify(input));
      const saved = (of: LayerCase['layer']): string => {
        if (of.kind === 'lambda') return of.kind;
        return JSON.stringify(all.layerToJson(of, reading));
      };
      expect(saved(made.layer)).to.equal(saved(layer));
    }
  });

  it('shrink to a small one with few options', () => {
    const smallest = (kind: LayerKind): string => {
      const { counterexample } = fc.check(
        fc.property(layersByKind[kind], () => false),
        { seed: 0 },
      );
      return inCode(counterexample![0]);
    };
    expect(smallest('conv2d')).to.equal(
      '{ layer: layers.conv2d({ filters: 1, kernelSize: [1, 1], strides: [1, 1], dilationRate: [1, 1] }), ' +
        'input: [1, 1, 1] }',
    );
    expect(smallest('dense')).to.equal('{ layer: layers.dense({ units: 1 }), input: [1] }');
    expect(smallest('batchNormalization')).to.equal(
      '{ layer: layers.batchNormalization(), input: [1] }',
    );
  });

  it('are of many kinds', () => {
    const drawn = fc.sample(layers(), { numRuns: 400, seed: 0 });
    expect(new Set(drawn.map(({ layer }) => layer.kind)).size).to.be.above(60);
  });
});
