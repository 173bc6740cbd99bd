import { earlyStopping } from 'gradus';
import { earlyStoppingLaws } from 'gradus/testing';
import { lawExhibit } from '../exhibit';

export const bestWeights = lawExhibit({
  entry: 10,
  title: 'Early stopping cannot restore the best weights',
  source: 'TensorFlow.js, EarlyStopping with restoreBestWeights (issue 8488)',
  error:
    'The option is documented and typed as in Keras. Who gives it gets an error in place of a callback.',
  caughtBy: ['early-stopping/restores-the-best-weights'],
  laws: earlyStoppingLaws,
  subject: (state) => ({
    name: 'early stopping',
    create(settings) {
      if (state === 'wrong' && settings.restoreBestWeights) {
        throw new Error('restoreBestWeights = True is not implemented in EarlyStopping yet.');
      }
      return earlyStopping(settings);
    },
  }),
});
