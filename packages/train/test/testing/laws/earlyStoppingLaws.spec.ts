import { checkLaws, LawError } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { earlyStopping, type Callback } from '../../../src/index';
import {
  earlyStoppingLaws,
  type EarlyStoppingImplementation,
  type EarlyStoppingSettings,
} from '../../../testing/laws/earlyStoppingLaws';

const subject = (
  create: (settings: EarlyStoppingSettings) => Callback,
  name = 'wrong',
): EarlyStoppingImplementation => ({ name, create });

describe('The laws of early stopping', () => {
  it('hold for ours', () => {
    checkLaws(earlyStoppingLaws, subject(earlyStopping, 'earlyStopping'), { runs: 200 });
  });

  const wrong: readonly (readonly [
    string,
    (settings: EarlyStoppingSettings) => Callback,
    string,
  ])[] = [
    [
      'stops an epoch late',
      ({ patience, ...rest }) => earlyStopping({ ...rest, patience: Math.max(patience, 1) + 1 }),
      'stops-in-time',
    ],
    [
      'takes equal losses for better ones',
      (settings) => {
        const inner = earlyStopping(settings);
        const better = (epoch: number, loss: number): number => loss - epoch / 64;
        return {
          ...inner,
          onEpochEnd: (epoch, logs, context) =>
            inner.onEpochEnd!(
              epoch,
              { ...logs, val_loss: better(epoch, logs['val_loss']!) },
              context,
            ),
        };
      },
      'stops-in-time',
    ],
    ['never restores', ({ patience }) => earlyStopping({ patience }), 'restores-the-best-weights'],
    [
      'restores only where it stopped',
      (settings) => {
        const inner = earlyStopping(settings);
        const onTrainEnd: Callback['onTrainEnd'] = (context) =>
          inner.stoppedEpoch === undefined ? undefined : inner.onTrainEnd!(context);
        return { ...inner, onTrainEnd };
      },
      'restores-the-best-weights',
    ],
    [
      'restores without being asked',
      ({ patience }) => earlyStopping({ patience, restoreBestWeights: true }),
      'leaves-the-last-weights',
    ],
    [
      'is not done when it returns',
      (settings) => ({ ...earlyStopping(settings), onEpochEnd: () => Promise.resolve() }),
      'stops-in-time',
    ],
  ];
  for (const [title, create, name] of wrong) {
    it(`find one that ${title}`, () => {
      const law = earlyStoppingLaws.find((one) => one.name === `early-stopping/${name}`)!;
      expect(() => law.check(subject(create), { runs: 100 })).to.throw(LawError);
    });
  }

  it('say which epoch was expected', () => {
    const never = subject(({ patience }) => earlyStopping({ patience }), 'forgetful');
    const law = earlyStoppingLaws[1]!;
    expect(() => law.check(never)).to.throw(
      'early-stopping/restores-the-best-weights does not hold for forgetful: With ' +
        'restoreBestWeights, the weights in the end are w_k, k = argmin(L_0, ..., L_e).\n' +
        'the epoch of the weights: expected 0; received 1.\n',
    );
  });
});
