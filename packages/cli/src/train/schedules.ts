import {
  cosineDecay,
  exponentialDecay,
  oneCycle,
  polynomialDecay,
  stepDecay,
  type LearningRate,
} from 'gradus';

/** How the learning rate changes over all steps of a training, by name. */
export const schedules = {
  /** It stays. */
  constant: (rate: number): LearningRate => rate,
  /** To 0 along half a cosine. */
  cosine: (rate: number, steps: number): LearningRate =>
    cosineDecay({ initialLearningRate: rate, decaySteps: steps }),
  /** The same, after rising along a straight line for a twentieth of the steps. */
  'warm-up': (rate: number, steps: number): LearningRate => {
    const warmupSteps = Math.ceil(steps / 20);
    const decaySteps = Math.max(steps - warmupSteps, 1);
    return cosineDecay({ initialLearningRate: 0, warmupTarget: rate, warmupSteps, decaySteps });
  },
  /** By equal factors, to a hundredth. */
  exponential: (rate: number, steps: number): LearningRate =>
    exponentialDecay({ initialLearningRate: rate, decaySteps: steps, decayRate: 0.01 }),
  /** To 0 along a straight line. */
  linear: (rate: number, steps: number): LearningRate =>
    polynomialDecay({ initialLearningRate: rate, decaySteps: steps, endLearningRate: 0 }),
  /** To a tenth after each third of the steps. */
  step: (rate: number, steps: number): LearningRate =>
    stepDecay({ initialLearningRate: rate, dropEvery: Math.ceil(steps / 3), factor: 0.1 }),
  /** Up from a tenth and down again, and at the end far below. */
  'one-cycle': (rate: number, steps: number): LearningRate =>
    oneCycle({ maxLearningRate: rate, totalSteps: steps }),
} as const;

/** The name of a schedule. */
export type ScheduleName = keyof typeof schedules;
