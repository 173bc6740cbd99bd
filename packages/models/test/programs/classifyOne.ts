// Builds the network of a name and gives it one image of its real size; prints, as JSON, what came out
// and how much memory that took. Run as a program, so that the memory is that of one network.
import { fill, Random } from '@gradus/tensor';
import { buildModel, type ModelName } from '../../src/index';

/** What the program prints. */
export interface Classified {
  /** The sum of all results: 1 for probabilities of classes. */
  readonly sum: number;
  readonly isFinite: boolean;
  /** The most memory that was resident, MiB. */
  readonly memory: number;
}

const model = buildModel(process.argv[2] as ModelName);
const random = new Random(1);
const image = fill([1, ...model.inputShape], () => random.uniform(0, 1));
const results = [...model.predict(image).toTypedArray()];
const classified: Classified = {
  sum: results.reduce((sum, result) => sum + result, 0),
  isFinite: results.every(Number.isFinite),
  memory: process.resourceUsage().maxRSS / 1024,
};
console.log(JSON.stringify(classified));
