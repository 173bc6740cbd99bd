import type { Variable } from '@gradus/autodiff';
import { shapesOf, type AnyLayer, type Member, type ShapeOf, type Value } from '@gradus/layers';
import { sizeOf, type Shape } from '@gradus/tensor';
import { fieldAfter, fieldOfInput, fieldsOfMembers, type ReceptiveField } from './receptiveField';

/** One layer of a model. */
export interface SummaryRow {
  /** Its name in the model; part of the names of its weights. */
  readonly name: string;
  readonly kind: string;
  /** Of one sample; several outputs have several. */
  readonly outputShapes: readonly Shape[];
  /** How many numbers its weights hold. A layer used again counts where it is used first. */
  readonly parameters: number;
  /** Products of two numbers for one sample. */
  readonly multiplyAdds: number;
  /** Pixels of the input that one place of its result sees along each axis; Infinity: all of them. */
  readonly receptiveField: readonly number[];
  /** The names of the layers whose results it takes, and of inputs; a single one is called 'input'. */
  readonly connectedTo: readonly string[];
}

/** What a model consists of. */
export interface Summary {
  readonly name: string;
  readonly inputShapes: readonly Shape[];
  readonly rows: readonly SummaryRow[];
  readonly trainable: number;
  readonly nonTrainable: number;
}

/** What is to be known of a model. */
export interface Summarized {
  readonly name: string;
  readonly layer: AnyLayer;
  readonly inputShape: ShapeOf<Value>;
  readonly outputShape: ShapeOf<Value>;
  readonly variables: readonly Variable[];
}

/** A model layer by layer; layers within layers of a composite one are counted with it. */
export function summaryOf({
  name,
  layer,
  inputShape,
  outputShape,
  variables,
}: Summarized): Summary {
  const from = shapesOf(inputShape).map((_, i) => -1 - i);
  const alone = { name: layer.name ?? layer.kind, layer, from };
  const whole: Member = { ...alone, input: inputShape, output: outputShape };
  const members = layer.members?.(inputShape) ?? [whole];
  const inputs = listOf(inputShape).map(fieldOfInput);
  const inputNames = shapesOf(inputShape).map(([part]) => (part === '' ? 'input' : part));
  const fields =
    layer.members === undefined
      ? [fieldAfter(layer, inputs, whole)]
      : fieldsOfMembers(layer, inputs, inputShape);
  const rows = members.map((member, i) => ({
    ...rowOf(member, fields[i]!),
    parameters: parametersOf(
      layer.members === undefined ? variables : below(`${name}/${member.name}/`, variables),
    ),
    connectedTo: member.from.map((from) =>
      from < 0 ? inputNames[-1 - from]! : members[from]!.name,
    ),
  }));
  const count = (trainable: boolean): number =>
    parametersOf(variables.filter((variable) => variable.trainable === trainable));
  return {
    name,
    inputShapes: listOf(inputShape),
    rows,
    trainable: count(true),
    nonTrainable: count(false),
  };
}

function rowOf({ name, layer, input, output }: Member, { size }: ReceptiveField) {
  return {
    name,
    kind: layer.kind,
    outputShapes: listOf(output),
    multiplyAdds: layer.multiplyAdds?.(input) ?? 0,
    receptiveField: size,
  };
}

function below(path: string, variables: readonly Variable[]): readonly Variable[] {
  return variables.filter((variable) => variable.name.startsWith(path));
}

function parametersOf(variables: readonly Variable[]): number {
  return variables.reduce((sum, { value }) => sum + sizeOf(value.shape), 0);
}

function listOf(shapes: ShapeOf<Value>): readonly Shape[] {
  return shapesOf(shapes).map(([, shape]) => shape);
}
