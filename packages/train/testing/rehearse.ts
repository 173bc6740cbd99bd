import { OptionError, zeros } from '@gradus/tensor';
import { fit, type Callback, type History } from '../src/index';
import { Actor, type RehearsedModel, type Script } from './actor';

export { type RehearsedModel, type Script } from './actor';

/** How a rehearsal went. */
export interface Rehearsal extends History {
  readonly model: RehearsedModel;
}

/**
 * Runs callbacks through the real training loop with losses that are given, not computed: what would
 * they do if the loss went like this? A callback that puts weights back can be told by
 * `model.weight('weight')`, a scalar: the number of steps made.
 * @throws OptionError if the epochs have not one number of batches, or not one validation loss each.
 */
export async function rehearse(callbacks: readonly Callback[], script: Script): Promise<Rehearsal> {
  checkScript(script);
  const { losses, validationLosses } = script;
  const batches = losses[0]!.length;
  const model = new Actor(script);
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

function checkScript({ losses, validationLosses, validationMetrics = {} }: Script): void {
  const batches = losses[0]?.length ?? 0;
  if (batches === 0 || losses.some((epoch) => epoch.length !== batches)) {
    throw new OptionError({
      op: 'rehearse',
      expected: 'losses of one epoch or more, each with the same number of batches',
      received: `[${losses.map((epoch) => epoch.length).join(', ')}] batches`,
    });
  }
  const perEpoch = { ...(validationLosses && { validationLosses }), ...validationMetrics };
  for (const [name, values] of Object.entries(perEpoch)) {
    if (values.length === losses.length) continue;
    throw new OptionError({
      op: 'rehearse',
      expected: `${losses.length} ${name}, one for each epoch`,
      received: `${values.length}`,
    });
  }
}
