import { setImmediate as nextTurn } from 'node:timers/promises';
import { confusionMatrix, data, tensor, type Model, type Tensor } from 'gradus';
import { softmaxInto, type Outputs } from './softmaxInto';

/** How good a model is on images that it was not trained on. */
export interface Assessment {
  /** The mean cross-entropy, without what regularizers add in training. */
  readonly loss: number;
  /** The part of the images whose class was found, 0 to 1. */
  readonly accuracy: number;
  readonly labels: Int32Array;
  readonly predicted: Int32Array;
  /** Of what was predicted, 0 to 1. */
  readonly probability: Float64Array;
  /** The cross-entropy of each image. */
  readonly losses: Float64Array;
  /** [classes, classes]: in row t and column p how many of class t were taken for p. */
  readonly confusion: Tensor<'int32'>;
}

/** What is judged, and who is told how far it is. */
export interface AssessOptions {
  /** [images, height, width, channels], from 0 to 1. */
  readonly x: Tensor;
  /** [images]. */
  readonly y: Tensor<'int32'>;
  readonly outputs: Outputs;
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked now and then; the answer true ends it without a result. */
  readonly isStopped?: () => boolean;
}

/** Images at once: enough to be quick, few enough for Ctrl-C to be heard. */
const batchSize = 128;

/** Has a model look at images and compares its answers with the labels. */
export async function assess(
  model: Model,
  { x, y, outputs, onProgress, isStopped }: AssessOptions,
): Promise<Assessment | undefined> {
  const [count, classes] = [x.shape[0]!, model.outputShape[0]!];
  const labels = Int32Array.from(y.toTypedArray());
  const predicted = new Int32Array(count);
  const [probability, losses] = [new Float64Array(count), new Float64Array(count)];
  const row = new Float64Array(classes);
  let at = 0;
  for (const [images] of data.batches([x], { batchSize })) {
    const given = model.predict(images!, { batchSize }).toTypedArray();
    for (let i = 0; i < given.length; i += classes, at++) {
      const logOf = softmaxInto(row, given.subarray(i, i + classes), outputs);
      predicted[at] = largestOf(row);
      probability[at] = row[predicted[at]!]!;
      losses[at] = -logOf(labels[at]!);
    }
    onProgress?.(at, count);
    await nextTurn();
    if (isStopped?.() === true) return undefined;
  }
  const confusion = confusionMatrix(tensor(labels, [count]), tensor(predicted, [count]), {
    classes,
  });
  const right = labels.reduce((sum, label, i) => sum + Number(label === predicted[i]), 0);
  const loss = losses.reduce((sum, each) => sum + each, 0) / count;
  return { loss, accuracy: right / count, labels, predicted, probability, losses, confusion };
}

/** Whether a model gives probabilities or logits, from what it gives for the first few images. */
export function outputsOf(model: Model, x: Tensor): Outputs {
  const classes = model.outputShape[0]!;
  const [few] = data.batches([x], { batchSize: 4 }).next().value!;
  const given = Float64Array.from(model.predict(few!).toTypedArray());
  for (let i = 0; i < given.length; i += classes) {
    const row = given.subarray(i, i + classes);
    const sum = row.reduce((total, value) => total + value, 0);
    if (Math.abs(sum - 1) > 1e-4 || row.some((value) => value < 0)) return 'logits';
  }
  return 'probabilities';
}

/** The place of the largest number; of what is not a number only if there is nothing else. */
export function largestOf(row: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < row.length; i++) {
    if (row[i]! > row[best]! || (Number.isNaN(row[best]) && !Number.isNaN(row[i]))) best = i;
  }
  return best;
}
