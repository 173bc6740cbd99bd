import {
  adadelta,
  adagrad,
  adam,
  adamax,
  adamW,
  nadam,
  rmsprop,
  sgd,
  type LearningRate,
  type Optimizer,
} from 'gradus';

/** Makes an optimizer with a learning rate, and the library's defaults for the rest. */
type MakeOptimizer = (learningRate: LearningRate) => Optimizer;

/** Optimizers by name; `momentum` is the usual form of stochastic gradient descent. */
export const optimizers = {
  adam: (learningRate) => adam({ learningRate }),
  adamw: (learningRate) => adamW({ learningRate }),
  nadam: (learningRate) => nadam({ learningRate }),
  adamax: (learningRate) => adamax({ learningRate }),
  sgd: (learningRate) => sgd({ learningRate }),
  momentum: (learningRate) => sgd({ learningRate, momentum: 0.9, nesterov: true }),
  rmsprop: (learningRate) => rmsprop({ learningRate }),
  adagrad: (learningRate) => adagrad({ learningRate }),
  adadelta: (learningRate) => adadelta({ learningRate }),
} as const satisfies Readonly<Record<string, MakeOptimizer>>;

/** The name of an optimizer. */
export type OptimizerName = keyof typeof optimizers;
