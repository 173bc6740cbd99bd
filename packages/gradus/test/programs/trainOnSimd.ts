// Trains and differentiates on the engine `simd`, and prints what came of it.
import * as gradus from '../../src/index';
import { computeAndTrain } from '../browser/computeAndTrain';

void computeAndTrain(gradus).then((computed) => console.log(JSON.stringify(computed)));
