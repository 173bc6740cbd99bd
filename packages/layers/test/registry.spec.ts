import { expect } from 'chai';
import * as layers from '../src/index';

/** Exported functions that make no layer of a configuration. */
const others = [
  'adapt',
  'defineLayer',
  'input',
  'layerFromJson',
  'layerToJson',
  'resolveActivation',
  'rootScope',
  'shapesOf',
  'shapesOfNodes',
  'tensorsOf',
  'valueOf',
  'withTensors',
  'wrapCall',
];

describe('The registry of layers', () => {
  const exported = Object.entries(layers).flatMap(([name, value]) =>
    typeof value === 'function' && /^[a-z]/.test(name) ? [name] : [],
  );

  it('knows every layer that is exported, and nothing else', () => {
    const known = Object.keys(layers.layerFactories);
    expect(exported.filter((name) => !others.includes(name)).sort()).to.deep.equal(known.sort());
    expect(others.filter((name) => !exported.includes(name))).to.deep.equal([]);
  });

  it('knows each by the kind that it has', () => {
    const { layerFactories } = layers;
    for (const kind of ['add', 'flatten', 'batchNormalization', 'relu', 'maxPooling2d'] as const) {
      expect(layerFactories[kind]({}).kind).to.equal(kind);
    }
  });
});
