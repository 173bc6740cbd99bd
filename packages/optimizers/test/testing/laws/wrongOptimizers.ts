import type { Tensor } from '@gradus/tensor';
import { mapped } from '@gradus/tensor/testing';
import type { DescentSettings, OptimizerMethod, OptimizerImplementation } from '../../../testing';

/** What a wrong rule knows at a step of one element. */
interface ElementStep {
  readonly g: number;
  readonly w: number;
  /** Counts from 1. */
  readonly t: number;
  readonly place: number;
  /** All of the gradient. */
  readonly all: readonly number[];
  readonly learningRate: number;
  readonly option: Readonly<Record<string, number>>;
  /** What is remembered of this element; all begin at 0. */
  readonly memory: Record<string, number>;
}

/** An optimizer of the move of each element. */
function byElement(
  name: string,
  method: OptimizerMethod,
  move: (step: ElementStep) => number,
): OptimizerImplementation {
  return {
    name,
    method,
    dtype: 'float64',
    decays: true,
    descend(start: Tensor, { learningRate, ...options }: DescentSettings) {
      const option = Object.fromEntries(
        Object.entries({ weightDecay: 0, ...options }).map(([key, value]) => [key, Number(value)]),
      );
      const memories = Array.from({ length: start.size }, (): Record<string, number> => ({}));
      let weight = start;
      let t = 0;
      return (gradient) => {
        t += 1;
        const all = Array.from(gradient.toTypedArray());
        weight = mapped(weight, (w, place) => {
          const memory = memories[place]!;
          return w + move({ g: all[place]!, w, t, place, all, learningRate, option, memory });
        });
        return weight;
      };
    },
  };
}

/** A moving average, which the memory keeps under a name. */
function average(memory: Record<string, number>, name: string, x: number, decay: number): number {
  memory[name] = decay * (memory[name] ?? 0) + (1 - decay) * x;
  return memory[name];
}

const sgd = (name: string, move: (step: ElementStep) => number) => byElement(name, 'sgd', move);

/** Adam, right but for what is done to its means. */
function adamWith(correct: (mean: number, square: number, step: ElementStep) => number) {
  return (step: ElementStep): number => {
    const { g, learningRate, option, memory } = step;
    const mean = average(memory, 'm', g, option['beta1']!);
    const square = average(memory, 'v', g * g, option['beta2']!);
    return -learningRate * correct(mean, square, step);
  };
}

const ratio = (mean: number, square: number): number => mean / (Math.sqrt(square) + 1e-30);

const correction = ({ t, option }: ElementStep): readonly [number, number] => [
  1 - option['beta1']! ** t,
  1 - option['beta2']! ** t,
];

/** What is wrong, and the law that must catch it. */
export const wrongOptimizers: readonly (readonly [string, OptimizerImplementation, string])[] = (
  [
    [
      'gradient descent that climbs',
      sgd('', ({ g, learningRate }) => learningRate * g),
      'optimizer/first-step-downhill',
    ],
    [
      'a step even at learning rate 0',
      sgd('', ({ g, learningRate }) => -(learningRate + 1e-9) * g),
      'optimizer/zero-rate-stays',
    ],
    [
      'a rate that is squared',
      sgd('', ({ g, learningRate }) => -(learningRate ** 2) * g),
      'optimizer/proportional-to-rate',
    ],
    [
      'a rate that depends on the place',
      sgd('', ({ g, learningRate, place }) => (-learningRate * g) / (place + 1)),
      'optimizer/permutation-equivariant',
    ],
    [
      'gradients divided by their common norm',
      sgd('', ({ g, learningRate, all }) => (-learningRate * g) / Math.hypot(...all)),
      'optimizer/elements-apart',
    ],
    [
      'a step that grows with the weight',
      sgd('', ({ g, w, learningRate }) => -learningRate * g * (1 + Math.abs(w))),
      'optimizer/translation-invariant',
    ],
    [
      'only half the step downwards',
      sgd('', ({ g, learningRate }) => -learningRate * (g > 0 ? g : g / 2)),
      'optimizer/reflection-equivariant',
    ],
    [
      'a rate that is halved each step',
      sgd('', ({ g, t, learningRate }) => (-learningRate * g) / 2 ** (t - 1)),
      'sgd/quadratic',
    ],
    [
      'momentum that weakens the gradient',
      sgd('', ({ g, learningRate, option, memory }) => {
        return -learningRate * average(memory, 'v', g, option['momentum']!);
      }),
      'sgd/momentum-sum',
    ],
    [
      'momentum forgotten',
      sgd('', ({ g, learningRate }) => -learningRate * g),
      'sgd/momentum-on-quadratic',
    ],
    [
      'nesterov ignored',
      sgd('', ({ g, learningRate, option, memory }) => {
        memory['v'] = option['momentum']! * (memory['v'] ?? 0) - learningRate * g;
        return memory['v'];
      }),
      'sgd/nesterov-sum',
    ],
    [
      'nesterov that looks ahead with the old velocity',
      sgd('', ({ g, learningRate, option, memory }) => {
        const old = memory['v'] ?? 0;
        memory['v'] = option['momentum']! * old - learningRate * g;
        return option['nesterov'] === 1
          ? option['momentum']! * old - learningRate * g
          : memory['v'];
      }),
      'sgd/nesterov-looks-ahead',
    ],
    [
      'weight decay without the learning rate',
      sgd('', ({ g, w, learningRate, option }) => -learningRate * g - option['weightDecay']! * w),
      'sgd/decay-is-l2',
    ],
    [
      'Adam whose weight decay goes through the gradient',
      byElement('', 'adam', ({ w, g, ...step }) =>
        adamWith((mean, square, { t, option }) => {
          const [m, v] = correction({ t, option } as ElementStep);
          return ratio(mean / m, square / v);
        })({ ...step, w, g: g + step.option['weightDecay']! * w }),
      ),
      'optimizer/decay-is-geometric',
    ],
    [
      'Adam that multiplies with the bias correction',
      byElement(
        '',
        'adam',
        adamWith((mean, square, step) => {
          const [m, v] = correction(step);
          return ratio(mean * m, square * v);
        }),
      ),
      'adam/bias-correction',
    ],
    [
      'Adam without bias correction',
      byElement('', 'adam', adamWith(ratio)),
      'optimizer/first-step',
    ],
    [
      'Adam that corrects by the step before',
      byElement(
        '',
        'adam',
        adamWith((mean, square, { t, option }) => {
          const [m, v] = correction({ t: Math.max(t - 1, 1), option } as ElementStep);
          return ratio(mean / m, square / v);
        }),
      ),
      'adam/bias-correction',
    ],
    [
      'Adam with its betas exchanged',
      byElement('', 'adam', ({ option, ...step }) =>
        adamWith((mean, square, at) => {
          const [m, v] = correction(at);
          return ratio(mean / m, square / v);
        })({
          ...step,
          option: { ...option, beta1: option['beta2']!, beta2: option['beta1']! },
        }),
      ),
      'adam/weighted-means',
    ],
    [
      'Adam without the root',
      byElement(
        '',
        'adam',
        adamWith((mean, square, step) => {
          const [m, v] = correction(step);
          return mean / m / (square / v);
        }),
      ),
      'adam/scale-invariant',
    ],
    [
      'Adamax whose maximum does not fade',
      byElement('', 'adamax', ({ g, t, learningRate, option, memory }) => {
        const mean = average(memory, 'm', g, option['beta1']!) / (1 - option['beta1']! ** t);
        memory['u'] = Math.max(memory['u'] ?? 0, Math.abs(g));
        return (-learningRate * mean) / memory['u'];
      }),
      'adamax/fading-maximum',
    ],
    [
      'Nadam that is Adam',
      byElement(
        '',
        'nadam',
        adamWith((mean, square, step) => {
          const [m, v] = correction(step);
          return ratio(mean / m, square / v);
        }),
      ),
      'nadam/definition',
    ],
    [
      'RMSprop that is never centered',
      byElement('', 'rmsprop', ({ g, learningRate, option, memory }) => {
        const square = average(memory, 'v', g * g, option['rho']!);
        memory['u'] =
          option['momentum']! * (memory['u'] ?? 0) - (learningRate * g) / Math.sqrt(square);
        return memory['u'];
      }),
      'rmsprop/definition',
    ],
    [
      'Adagrad with a mean in place of the sum',
      byElement('', 'adagrad', ({ g, t, learningRate, option, memory }) => {
        memory['s'] = (memory['s'] ?? option['initialAccumulatorValue']!) + g * g;
        return (-learningRate * g) / Math.sqrt(memory['s'] / t);
      }),
      'adagrad/sum-of-squares',
    ],
    [
      'Adadelta that counts the new move beforehand',
      byElement('', 'adadelta', ({ g, learningRate, option, memory }) => {
        const { rho, epsilon } = option as { rho: number; epsilon: number };
        const square = average(memory, 'v', g * g, rho);
        const raw = (g * Math.sqrt((memory['u'] ?? 0) + epsilon)) / Math.sqrt(square + epsilon);
        const moves = average(memory, 'u', raw ** 2, rho);
        return (-learningRate * g * Math.sqrt(moves + epsilon)) / Math.sqrt(square + epsilon);
      }),
      'adadelta/definition',
    ],
  ] as const
).map(([what, subject, law]) => [what, { ...subject, name: what }, law] as const);
