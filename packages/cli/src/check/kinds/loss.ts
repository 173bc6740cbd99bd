import type { Loss } from 'gradus';
import type { LossCheck } from 'gradus/testing';
import { Failure } from '../../failure';
import { isRecord, defineKind } from './kind';

/** What `checkLoss` is told. */
interface LossToCheck extends Partial<LossCheck> {
  readonly loss: Loss;
}

/** A loss, with targets and predictions to try it at. */
export const lossKind = defineKind<LossToCheck>({
  name: 'loss',
  form: '{ loss, yTrue, yPred }',
  fits: (exported): exported is LossToCheck =>
    isRecord(exported) && typeof exported['loss'] === 'function' && !('properties' in exported),
  nameOf: ({ loss }) => loss.name,
  examine({ loss, yTrue, yPred, atTargets = 'anything' }, { testing, engines }) {
    if (yTrue === undefined || yPred === undefined) {
      throw new Failure(
        'a loss needs targets and predictions to be tried at: { loss, yTrue, yPred }, float64 ' +
          'tensors of two samples or more.',
      );
    }
    const name = loss.name || 'the loss';
    const [reference] = testing.engines;
    return {
      found: `of targets [${yTrue.shape.join(', ')}] and predictions [${yPred.shape.join(', ')}]`,
      checks: engines.map((engine) => ({
        name: `on ${engine.name}`,
        run() {
          const compared = engine === reference ? [engine] : [reference!, engine];
          testing.checkLoss(loss, { name, yTrue, yPred, atTargets, engines: compared });
          return { cases: 1 };
        },
      })),
    };
  },
});
