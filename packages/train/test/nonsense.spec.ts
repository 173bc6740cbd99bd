import { dense, input } from '@gradus/layers';
import { ArgumentError, zeros } from '@gradus/tensor';
import { FormatError } from '@gradus/io';
import { expect } from 'chai';
import { decodeModel, encodeModel, loadWeights, model, sequential, type Model } from '../src/index';

/*
 * What JavaScript lets through and the types do not. Calls go through `Reflect.apply`, which takes
 * anything.
 */

const nonsense: readonly unknown[] = [undefined, null, 3, -1, NaN, 'a', true, [], {}, () => 1];

const made = (): Model => {
  const small = sequential([input([2]), dense({ units: 1 })]);
  small.compile({ optimizer: 'adam', loss: 'mse' });
  return small;
};
const [x, y] = [zeros([4, 2]), zeros([4, 1])];

type Attempt = (value: unknown) => unknown;

const call = (f: (...args: never[]) => unknown, ...args: readonly unknown[]): unknown =>
  Reflect.apply(f, undefined, args) as unknown;
const method = (name: keyof Model, ...args: readonly unknown[]): unknown => {
  const small = made();
  return Reflect.apply(Reflect.get(small, name) as () => unknown, small, args) as unknown;
};
const option =
  (f: (options: object) => unknown, name: string): Attempt =>
  (value) =>
    f({ [name]: value });

const fitOptions = [
  'batchSize',
  'epochs',
  'initialEpoch',
  'validationSplit',
  'validationData',
  'seed',
  'callbacks',
  'classWeight',
  'sampleWeight',
  'verbose',
];
const compileOptions = ['optimizer', 'loss', 'metrics', 'lossWeights', 'engine'];

const attempts: readonly [string, Attempt][] = [
  ['sequential', (value) => call(sequential, value)],
  ['sequential of a layer', (value) => call(sequential, [input([2]), value])],
  ['options of sequential', (value) => call(sequential, [input([2])], value)],
  ...['name', 'seed', 'dtype'].map((name): [string, Attempt] => [
    `option ${name} of sequential`,
    option((options) => call(sequential, [input([2])], options), name),
  ]),
  ['model', (value) => call(model, value)],
  ['inputs of model', (value) => call(model, { inputs: value, outputs: input([2]) })],
  ['outputs of model', (value) => call(model, { inputs: input([2]), outputs: value })],
  ['compile', (value) => method('compile', value)],
  ...compileOptions.map((name): [string, Attempt] => [
    `option ${name} of compile`,
    option((rest) => method('compile', { optimizer: 'sgd', loss: 'mse', ...rest }), name),
  ]),
  ['samples of fit', (value) => method('fit', value, y)],
  ['targets of fit', (value) => method('fit', x, value)],
  ['options of fit', (value) => method('fit', x, y, value)],
  ...fitOptions.map((name): [string, Attempt] => [
    `option ${name} of fit`,
    option((options) => method('fit', x, y, options), name),
  ]),
  ['predict', (value) => method('predict', value)],
  ['evaluate', (value) => method('evaluate', value, value)],
  ['setWeights', (value) => method('setWeights', value)],
  ['weight', (value) => method('weight', value)],
  ['freeze', (value) => method('freeze', value)],
  ['encodeModel', (value) => call(encodeModel, value)],
  ['decodeModel', (value) => call(decodeModel, value)],
  ['loadWeights', (value) => call(loadWeights, made(), value)],
];

describe('Nonsense given to models', () => {
  for (const [name, attempt] of attempts) {
    it(`is taken, or refused in words: ${name}`, async () => {
      for (const value of nonsense) {
        try {
          await attempt(value);
        } catch (error) {
          if (error instanceof ArgumentError || error instanceof FormatError) continue;
          expect.fail(`${String(value)}: ${String(error)}`);
        }
      }
    });
  }
});
