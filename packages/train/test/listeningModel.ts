import type { Variable } from '@gradus/autodiff';
import type { Value } from '@gradus/layers';
import { OptionError, scalar, Tensor } from '@gradus/tensor';
import { Meter, type Trainable } from '../src/index';

/** A model that learns nothing, but remembers which rows it was given. */
export interface ListeningModel extends Trainable {
  /** The first number of each row of x and of y, batch by batch. */
  readonly trained: { readonly x: readonly number[]; readonly y: readonly number[] }[];
  readonly evaluated: { readonly x: readonly number[]; readonly y: readonly number[] }[];
}

/** @param lossOf the loss of a batch, from its rows' first numbers. Default: their mean. */
export function listeningModel(
  lossOf: (x: readonly number[]) => number = (x) => x.reduce((a, b) => a + b) / x.length,
): ListeningModel {
  const trained: ListeningModel['trained'] = [];
  const evaluated: ListeningModel['evaluated'] = [];
  const heard = (x: Value, y: Value) => ({ x: rows(x), y: rows(y) });
  return {
    trained,
    evaluated,
    variables: [],
    weight(name): Variable {
      throw new OptionError({ op: 'weight', expected: 'nothing', received: name });
    },
    startMeter: () => new Meter(),
    trainStep(x, y, { meter = new Meter() } = {}) {
      trained.push(heard(x, y));
      meter.add('loss', lossOf(rows(x)), rows(x).length);
      return meter.logs;
    },
    measure(x, y) {
      evaluated.push(heard(x, y));
      return { loss: 100 + evaluated.length };
    },
    predict: () => scalar(0),
  };
}

function rows(x: Value): number[] {
  if (!(x instanceof Tensor)) throw new Error('It listens to single tensors.');
  return Array.from({ length: x.shape[0]! }, (_, i) => x.at(i));
}
