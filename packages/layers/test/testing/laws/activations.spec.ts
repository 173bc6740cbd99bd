import { activationLaws, activationOf, activationProperties } from '@gradus/autodiff/testing';
import { checkLaws, configuredRuns } from '@gradus/tensor/testing';
import { softmaxLaws } from '../../../../kernels/testing/laws/softmax';
import { resolveActivation, type ActivationName } from '../../../src/index';

// A long run tries as many as it says.
const runs = configuredRuns(10);

/** Those that are functions of one number; the others are functions of rows. */
type ElementwiseName = Exclude<ActivationName, 'softmax' | 'logSoftmax'>;

const known: Readonly<Record<ElementwiseName, object>> = activationProperties;

describe('Activations by their names', () => {
  for (const name of Object.keys(known) as ElementwiseName[]) {
    it(`${name} obeys the laws of its kind`, () => {
      const subject = activationOf(name, resolveActivation(name), activationProperties[name], {
        dtype: 'float64',
      });
      checkLaws(activationLaws, subject, { runs });
    });
  }

  it('softmax and logSoftmax obey the laws of theirs', () => {
    const [softmax, logSoftmax] = (['softmax', 'logSoftmax'] as const).map((name) =>
      resolveActivation(name),
    );
    checkLaws(softmaxLaws, {
      name: 'softmax and logSoftmax by name',
      dtype: 'float64',
      softmax: softmax!,
      logSoftmax: logSoftmax!,
    });
  });
});
