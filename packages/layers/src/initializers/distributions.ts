import { elementwise, type Initializer } from './initializer';

/** Evenly distributed from `minimum` to `maximum`. Default -0.05 to 0.05. */
export const randomUniform = ({ minimum = -0.05, maximum = 0.05 } = {}): Initializer =>
  elementwise(
    'randomUniform',
    { minimum, maximum },
    () => (random) => random.uniform(minimum, maximum),
  );

/** Normally distributed. Default mean 0, standard deviation 0.05. */
export const randomNormal = ({ mean = 0, standardDeviation = 0.05 } = {}): Initializer =>
  elementwise(
    'randomNormal',
    { mean, standardDeviation },
    () => (random) => random.normal(mean, standardDeviation),
  );

/** Normally distributed, drawn again beyond two standard deviations. Default 0 and 0.05. */
export const truncatedNormal = ({ mean = 0, standardDeviation = 0.05 } = {}): Initializer =>
  elementwise(
    'truncatedNormal',
    { mean, standardDeviation },
    () => (random) => random.truncatedNormal(mean, standardDeviation),
  );
