import { extname } from 'node:path';
import { models } from 'gradus';
import { Failure } from '../failure';
import { alternatives, nearestNames } from '../nearestNames';
import { modelReaders } from './modelFiles';
import { fitting, type ModelShape, type ModelSource } from './modelSource';

/**
 * The model of a name, or in a file.
 * @param option what stands before the name in messages, such as `--model `.
 * @throws Failure if there is none of this name, or the file does not describe one.
 */
export async function resolveModel(name: string, option = '--model '): Promise<ModelSource> {
  if (models.modelNames.some((known) => known === name)) {
    return builtIn(name as models.ModelName, option);
  }
  const read = modelReaders[extname(name).toLowerCase()];
  if (read !== undefined) return read(name, option);
  const nearest = nearestNames(name, models.modelNames);
  throw new Failure(
    nearest.length > 0
      ? `${option}${name}: there is no such model. Did you mean ${alternatives(nearest)}?`
      : `${option}${name}: there is no such model. Give a file ending in ` +
          `${alternatives(Object.keys(modelReaders))}, or one of ${models.modelNames.join(', ')}.`,
  );
}

function builtIn(name: models.ModelName, option: string): ModelSource {
  const { inputShape } = models.describeModel(name);
  const label = `${option}${name}`;
  return {
    name: label,
    inputShape,
    own: {},
    describe: async (shape) =>
      fitting(label, shape, () => models.describeModel(name, given(shape))),
    // Logits: with them the loss is exact also where a probability would be rounded to 0.
    build: async (shape, seed) =>
      fitting(label, shape, () =>
        models.buildModel(name, { ...given(shape), seed, classifierActivation: 'linear' }),
      ),
  };
}

/** Without what is not given, so that defaults hold. */
function given({ inputShape, classes }: ModelShape): models.ClassifierOptions {
  return {
    ...(inputShape !== undefined && { inputShape }),
    ...(classes !== undefined && { classes }),
  };
}
