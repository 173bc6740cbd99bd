import { Variable } from '@gradus/autodiff';
import { OptionError, scalar, zeros } from '@gradus/tensor';
import { fit, type Callback, type History, type Logs, type Trainable } from '../src/index';

/** What a rehearsed training is to go through. */
export interface Script {
  /** The loss of each step, epoch by epoch: `[[4, 3], [2, 1]]` is two epochs of two batches. */
  readonly losses: readonly (readonly number[])[];
  /** The validation loss of each epoch. Default: no validation. */
  readonly validationLosses?: readonly number[];
}

/** How a rehearsal went. */
export interface Rehearsal extends History {
  /** The model that was trained: one weight, called `weight`, that counts the steps. */
  readonly model: Trainable;
}

/**
 * Runs callbacks through the real training loop with losses that are given, not computed: what would
 * they do if the loss went like this? A callback that puts weights back can be told by
 * `model.weight('weight')`, a scalar: the number of steps made.
 * @throws OptionError if the epochs have not one number of batches, or not one validation loss each.
 */
export async function rehearse(
  callbacks: readonly Callback[],
  { losses, validationLosses }: Script,
): Promise<Rehearsal> {
  const batches = losses[0]?.length ?? 0;
  if (batches === 0 || losses.some((epoch) => epoch.length !== batches)) {
    throw new OptionError({
      op: 'rehearse',
      expected: 'losses of one epoch or more, each with the same number of batches',
      received: `[${losses.map((epoch) => epoch.length).join(', ')}] batches`,
    });
  }
  if (validationLosses !== undefined && validationLosses.length !== losses.length) {
    throw new OptionError({
      op: 'rehearse',
      expected: `${losses.length} validationLosses, one for each epoch`,
      received: `${validationLosses.length}`,
    });
  }
  const model = new Actor(losses, validationLosses ?? []);
  const samples = zeros([batches]);
  const history = await fit(
    model,
    { x: samples, y: samples },
    {
      batchSize: 1,
      epochs: losses.length,
      callbacks,
      ...(validationLosses === undefined ? {} : { validationData: [samples, samples] as const }),
    },
  );
  return { ...history, model };
}

/** A model that says its lines. */
class Actor implements Trainable {
  readonly variables = [new Variable('weight', scalar(0))];
  private steps = 0;

  constructor(
    private readonly losses: readonly (readonly number[])[],
    private readonly validationLosses: readonly number[],
  ) {}

  weight(name: string): Variable {
    const weight = this.variables[0]!;
    if (name === weight.name) return weight;
    throw new OptionError({ op: 'weight', expected: "'weight'", received: `'${name}'` });
  }

  trainStep(): Logs {
    const loss = this.losses.flat()[this.steps]!;
    this.steps += 1;
    this.variables[0]!.assign(scalar(this.steps));
    return { loss };
  }

  /** By the steps made, so that a callback may ask as often as it likes. */
  measure(): Logs {
    const epoch = Math.ceil(this.steps / this.losses[0]!.length) - 1;
    return { loss: this.validationLosses[epoch]! };
  }

  predict(): never {
    throw new OptionError({
      op: 'predict',
      expected: 'a model that computes',
      received: 'a rehearsal, whose losses are given',
    });
  }
}
