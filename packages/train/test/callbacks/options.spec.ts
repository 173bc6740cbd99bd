import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import {
  earlyStopping,
  learningRateScheduler,
  modelCheckpoint,
  progressBar,
  reduceLROnPlateau,
  weightHistograms,
  type Callback,
} from '../../src/index';
import * as node from '../../src/node';

type Factory = (options: object) => Callback;

const factories: readonly (readonly [Factory, object])[] = [
  [earlyStopping, {}],
  [reduceLROnPlateau, {}],
  [modelCheckpoint as Factory, { filepath: 'model' }],
  [learningRateScheduler as Factory, { schedule: (epoch: number) => epoch }],
  [progressBar, {}],
  [node.csvLogger as Factory, { filename: 'log' }],
  [node.modelCheckpoint as Factory, { filepath: 'model' }],
  [weightHistograms, {}],
];

describe('Options of callbacks', () => {
  for (const [factory, options] of factories) {
    it(`of ${factory.name} that nobody reads are refused, such as misspelt ones`, () => {
      expect(() => factory({ ...options, patiense: 3 }))
        .to.throw(OptionError, /^\w+: expected the options [\w, ]+; received 'patiense'\.$/)
        .with.property('op', factory.name);
    });

    it(`of ${factory.name} come by name`, () => {
      // @ts-expect-error: not what the types say.
      expect(() => factory(7)).to.throw(
        OptionError,
        `${factory.name}: expected options by name, such as { name: value }; received 7.`,
      );
    });
  }
});
