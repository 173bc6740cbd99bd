import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as gradus from 'gradus';
import { describeLayer, layers, Model, type Layer, type Tensor } from 'gradus';
import { Failure, isSystemError, reasonOf } from '../failure';
import { decoded } from './decoded';
import { fitting, type ModelShape, type ModelSource, type OwnParts } from './modelSource';

/** Reads a file that describes a model; messages begin with the option and the file's name. */
type ModelReader = (file: string, option: string) => Promise<ModelSource>;

/** How files describe models, by the ends of their names. */
export const modelReaders: Readonly<Record<string, ModelReader>> = {
  '.json': readDescription,
  '.safetensors': readSaved,
  '.mjs': readModule,
  '.cjs': readModule,
  '.js': readModule,
};

/** Layers as `layerToJson` writes them. */
async function readDescription(file: string, option: string): Promise<ModelSource> {
  const name = `${option}${file}`;
  const text = new TextDecoder().decode(await bytesOf(file, name));
  const layer = fitting(name, {}, () => layers.layerFromJson<Tensor, Tensor>(parsed(name, text)));
  return {
    name,
    own: {},
    describe: async (shape) => {
      const inputShape = inputOf(name, shape);
      return fitting(name, shape, () => describeLayer(layer, inputShape));
    },
    build: async (shape, seed) => {
      const inputShape = inputOf(name, shape);
      return fitting(name, shape, () => new Model(layer, inputShape, { seed }));
    },
  };
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Failure(`${name}: expected JSON: ${(error as Error).message}`);
  }
}

/** What layers alone do not say. */
function inputOf(name: string, { inputShape }: ModelShape): readonly number[] {
  if (inputShape !== undefined) return inputShape;
  throw new Failure(
    `${name}: the file does not say what it takes. Give it, such as --input-shape 28x28x1.`,
  );
}

/** A model with its weights, from which training goes on. */
async function readSaved(file: string, option: string): Promise<ModelSource> {
  const name = `${option}${file}`;
  const model = decoded(name, await bytesOf(file, name));
  const { inputShape } = model;
  return { name, inputShape, own: {}, describe: async () => model, build: async () => model };
}

/** What the function that a module exports is given. */
type MakeModel = (options: {
  readonly inputShape: readonly number[];
  readonly classes: number;
  /** The library: files elsewhere cannot import it, and a second copy would not do. */
  readonly gradus: typeof gradus;
}) => unknown;

/** Classes where nobody says how many. */
const usualClasses = 10;

/** A module whose default export makes a layer or a model. */
async function readModule(file: string, option: string): Promise<ModelSource> {
  const name = `${option}${file}`;
  await bytesOf(file, name);
  const url = pathToFileURL(resolve(file)).href;
  const exported = await running(name, async () => (await import(url)) as OwnParts & DefaultExport);
  const { default: make, functions, layers: own } = exported;
  if (typeof make !== 'function') {
    throw new Failure(
      `${name}: expected a module whose default export is a function of ` +
        '{ inputShape, classes, gradus } that gives a layer or a model.',
    );
  }
  const build = async (shape: ModelShape, seed: number): Promise<Model> => {
    const inputShape = inputOf(name, shape);
    const { classes = usualClasses } = shape;
    const options = { inputShape, classes, gradus };
    const made = await running(name, async () => (make as MakeModel)(options));
    if (made instanceof Model) return made as Model;
    if (isLayer(made)) return fitting(name, shape, () => new Model(made, inputShape, { seed }));
    throw new Failure(`${name}: expected its function to give a layer or a model.`);
  };
  return {
    name,
    own: { ...(functions && { functions }), ...(own && { layers: own }) },
    describe: (shape) => build(shape, 0),
    build,
  };
}

interface DefaultExport {
  readonly default?: unknown;
}

function isLayer(made: unknown): made is Layer {
  return typeof made === 'object' && made !== null && 'build' in made;
}

/** What somebody else's code gives; what it throws is told as its fault. */
async function running<T>(name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new Failure(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function bytesOf(file: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new Failure(`${name}: the file cannot be read: ${reasonOf(error)}.`);
  }
}
