import {
  adam,
  cosineDecay,
  input,
  layers,
  reshape,
  sequential,
  type Backend,
  type Callback,
  type Model,
  type Tensor,
} from 'gradus';
import type { Settings } from './settings';
import { similarity, largestError } from './kernelDistance';
import type { TrainingData } from './trainingData';

/** The state of the kernel after an epoch. */
export interface EpochRecord {
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss: number;
  /** The largest absolute difference of a coefficient from the target's. */
  readonly kernelError: number;
  /** The cosine of the angle between kernel and target. */
  readonly similarity: number;
  /** Shape [height, width]. */
  readonly kernel: Tensor;
}

/** What happens during training. */
export interface TrainingEvents {
  /** @returns whether to go on. */
  onStep(step: number, steps: number, loss: number): boolean;
  onEpoch(record: EpochRecord): void;
}

/** What one needs to train. */
export interface TrainingOptions {
  readonly data: TrainingData;
  readonly target: Tensor;
  readonly engine: Backend;
  readonly settings: Settings;
}

/** The outcome of a training. */
export interface Training {
  readonly model: Model;
  /** Before the first step, shape [height, width]. */
  readonly initialKernel: Tensor;
  /** At least one: an epoch that was interrupted counts too. */
  readonly records: readonly EpochRecord[];
}

/** Trains one convolution layer of one filter to do what the target kernel does. */
export async function train(options: TrainingOptions, events: TrainingEvents): Promise<Training> {
  const { data, target, engine, settings } = options;
  const { epochs, batchSize, learningRate, validationSplit, seed } = settings;
  const [height, width] = target.shape as [number, number];
  const model = sequential(
    [
      input(data.x.shape.slice(1)),
      layers.conv2d({
        filters: 1,
        kernelSize: [height, width],
        padding: 'same',
        useBias: false,
        // Random values would have to be unlearned first, slowest where images have least detail.
        kernelInitializer: 'zeros',
      }),
    ],
    { seed },
  );
  const steps = stepsPerEpoch(data.x.shape[0]!, settings);
  const schedule = cosineDecay({ initialLearningRate: learningRate, decaySteps: steps * epochs });
  model.compile({
    optimizer: adam({ learningRate: schedule }),
    loss: 'meanSquaredError',
    engine,
  });
  const initialKernel = learnedKernel(model);
  const records: EpochRecord[] = [];
  const recorder: Callback = {
    onBatchEnd(batch, logs, context) {
      const step = records.length * steps + batch + 1;
      if (!events.onStep(step, epochs * steps, logs['loss']!)) context.stop();
    },
    onEpochEnd(epoch, logs) {
      const record = recordOf(model, target, { epoch: epoch + 1, ...losses(logs) });
      records.push(record);
      events.onEpoch(record);
    },
  };
  await model.fit(data.x, data.y, {
    epochs,
    batchSize,
    validationSplit,
    seed,
    callbacks: [recorder],
  });
  return { model, initialKernel, records };
}

/** How many steps an epoch has. */
function stepsPerEpoch(images: number, { validationSplit, batchSize }: Settings): number {
  return Math.ceil(trainingCount(images, validationSplit) / batchSize);
}

/** How many images are trained on; the others, at the end, validate. */
export function trainingCount(images: number, validationSplit: number): number {
  return Math.floor(images * (1 - validationSplit) + 1e-9);
}

function losses(
  logs: Readonly<Record<string, number>>,
): Pick<EpochRecord, 'loss' | 'validationLoss'> {
  return { loss: logs['loss']!, validationLoss: logs['val_loss'] ?? NaN };
}

function recordOf(
  model: Model,
  target: Tensor,
  numbers: Pick<EpochRecord, 'epoch' | 'loss' | 'validationLoss'>,
): EpochRecord {
  const kernel = learnedKernel(model);
  return {
    ...numbers,
    kernel,
    kernelError: largestError(kernel, target),
    similarity: similarity(kernel, target),
  };
}

/** The layer's kernel as it is now, [height, width]. */
function learnedKernel(model: Model): Tensor {
  const kernel = model.weight('kernel').snapshot();
  return reshape(kernel, kernel.shape.slice(0, 2));
}
