import { assess, type Assessment } from '../classification/assess';
import { encodeClassifier, weightsName } from '../classification/classifierFile';
import { onThreads } from '../threads';
import { historyText, type TrainingState } from './history';
import { epochLine, stepLine, summaryRows } from './lines';
import { reportPage } from './report';
import { historyName } from './resultKind';
import { earlierTraining, resumedSettings } from './resume';
import { completeSettings, type GivenSettings } from './settings';
import { checkBatch, prepareTask, type Surroundings, type Task } from './task';
import { stepsPerEpoch, trainModel } from './training';

/**
 * The whole job: images, model, training with a checkpoint after each epoch, test, report.
 * @returns whether it was interrupted; what was reached is saved all the same.
 */
export async function train(
  given: GivenSettings,
  resume: boolean,
  surroundings: Surroundings,
): Promise<boolean> {
  const began = performance.now();
  const { folder, interrupt, display } = surroundings;
  interrupt.onRequest(() => {
    display.warn('finishing this step; press Ctrl-C again to stop at once');
  });
  const earlier = resume ? await earlierTraining(folder.path) : undefined;
  const settings = earlier ? resumedSettings(earlier.settings, given) : completeSettings(given);
  return onThreads(settings, async () => {
    const task = await prepareTask(settings, earlier, surroundings);
    if (task === undefined) return true;
    checkBatch(given, task.samples);
    return run(task, surroundings, began);
  });
}

async function run(
  { settings, source, classifier, samples, earlier }: Task,
  { folder, interrupt, display }: Surroundings,
  began: number,
): Promise<boolean> {
  const { model, classNames, outputs } = classifier;
  const { training, validation, test } = samples;
  const counts = {
    train: training.x.shape[0]!,
    validation: validation?.x.shape[0] ?? 0,
    test: test?.x.shape[0] ?? 0,
    shape: training.x.shape.slice(1),
    classNames,
  };
  const parameters = model.variables.reduce((sum, { value }) => sum + value.size, 0);
  const stateOf = (
    records: TrainingState['records'],
    tested: Assessment | undefined,
  ): TrainingState => ({
    ...{ settings, counts, parameters, records, test: tested },
    seconds: (earlier?.seconds ?? 0) + (performance.now() - began) / 1000,
    interrupted: interrupt.requested,
  });
  /** The file keeps how far the training is, so it is made when that is known. */
  const save = async (state: TrainingState): Promise<void> => {
    await folder.write(weightsName, encodeClassifier(classifier, source.own));
    await folder.write(historyName, historyText(state));
  };

  const { epoch = 0, batch = 0 } = model.progress ?? {};
  display.phase('Training', epoch * stepsPerEpoch(counts.train, settings) + batch);
  const before = earlier?.records ?? [];
  const records = await trainModel(
    model,
    { training, validation, outputs, settings, records: before },
    {
      onStep: (step) => display.progress(step.step, step.steps, stepLine(step)),
      async onEpoch(soFar) {
        await save(stateOf(soFar, undefined));
        folder.publish();
        display.epoch(epochLine(soFar.at(-1)!, settings.epochs));
      },
      signal: interrupt.signal,
    },
  );
  if (test !== undefined && !interrupt.requested) display.phase('Testing');
  const tested =
    test === undefined || interrupt.requested
      ? undefined
      : await assess(model, {
          ...test,
          outputs,
          onProgress: (done, total) => display.progress(done, total),
          isStopped: () => interrupt.requested,
        });
  const state = stateOf(records, tested);
  await save(state);
  await folder.write('report.html', reportPage(state, { model, source, test }));
  folder.publish();
  const next = interrupt.requested
    ? `Go on with: gradus train --resume --out ${folder.path}`
    : `Try it with: gradus predict --weights ${folder.path} --data IMAGE`;
  display.finish({
    summary: summaryRows(state),
    folder: folder.path,
    interrupted: interrupt.requested,
    next,
  });
  return interrupt.requested;
}
