import { tensor, type Tensor } from 'gradus';
import { optimizerLaws, type OptimizerImplementation } from 'gradus/testing';
import { lawExhibit } from '../exhibit';

/** Adam in plain numbers; `correct` makes of a moving average what is used of it. */
function plainAdam(
  name: string,
  correct: (average: number, factor: number) => number,
): OptimizerImplementation {
  return {
    name,
    dtype: 'float64',
    method: 'adam',
    descend(start, { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }) {
      const [b1, b2, small] = [Number(beta1), Number(beta2), Number(epsilon)];
      let weight = Array.from(start.toTypedArray());
      let m = weight.map(() => 0);
      let v = weight.map(() => 0);
      let t = 0;
      return (gradient: Tensor) => {
        const g = gradient.toTypedArray();
        t += 1;
        m = m.map((mean, i) => b1 * mean + (1 - b1) * g[i]!);
        v = v.map((mean, i) => b2 * mean + (1 - b2) * g[i]! ** 2);
        weight = weight.map((w, i) => {
          const [first, second] = [correct(m[i]!, 1 - b1 ** t), correct(v[i]!, 1 - b2 ** t)];
          return w - (learningRate * first) / (Math.sqrt(second) + small);
        });
        return tensor(Float64Array.from(weight), start.shape);
      };
    },
  };
}

export const adamCorrection = lawExhibit({
  entry: 15,
  title: 'Adam multiplies by its bias correction',
  source: 'ConvNetJS 0.3.0, Trainer (pull request 70)',
  error:
    'The moving averages begin at 0 and are to be divided by 1 - beta^t; they were multiplied. The ' +
    'first steps are far too short, and training seems to work, slowly.',
  caughtBy: ['adam/weighted-means', 'adam/bias-correction', 'optimizer/first-step'],
  laws: optimizerLaws,
  subject: (state) =>
    plainAdam('Adam', (average, factor) =>
      state === 'wrong' ? average * factor : average / factor,
    ),
});
