import type { Variable } from '@gradus/autodiff';
import { shapesOf, type AnyLayer, type Member, type ShapeOf, type Value } from '@gradus/layers';
import { sizeOf, type Shape } from '@gradus/tensor';
import { fieldAfter, fieldOfInput, fieldsOfMembers, type ReceptiveField } from './receptiveField';

/** One layer of a model. */
export interface SummaryRow {
  /** Its name in the model; part of the names of its weights. */
  readonly name: string;
  readonly kind: string;
  /** In how many composite layers of the model it lies: 0 for those that the model itself consists of. */
  readonly depth: number;
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

/** What a summary shows. */
export interface SummaryOptions {
  /** Whether the layers within composite layers have rows too. Default false. */
  readonly expandNested?: boolean;
}

/** What is to be known of a model. */
export interface Summarized {
  readonly name: string;
  readonly layer: AnyLayer;
  readonly inputShape: ShapeOf<Value>;
  readonly outputShape: ShapeOf<Value>;
  readonly variables: readonly Variable[];
}

/**
 * A model, or the description of one, layer by layer. Layers within layers are counted with the outer
 * one, and have rows of their own behind its row only with `expandNested`.
 */
export function summaryOf(
  { name, layer, inputShape, outputShape, variables }: Summarized,
  { expandNested = false }: SummaryOptions = {},
): Summary {
  const inputs = shapesOf(inputShape).map(([part, shape]) => ({
    name: part === '' ? 'input' : part,
    field: fieldOfInput(shape),
  }));
  const place: Place = { path: name, layer, shape: inputShape, inputs, depth: 0 };
  const count = (trainable: boolean): number =>
    parametersOf(variables.filter((variable) => variable.trainable === trainable));
  return {
    name,
    inputShapes: listOf(inputShape),
    rows:
      layer.members === undefined
        ? [rowOfAll(place, outputShape, variables)]
        : rowsWithin(place, { variables, expandNested }),
    trainable: count(true),
    nonTrainable: count(false),
  };
}

/** A composite layer at some place of a model. */
interface Place {
  /** What the names of its weights begin with. */
  readonly path: string;
  readonly layer: AnyLayer;
  /** The shapes that it takes. */
  readonly shape: ShapeOf<Value>;
  /** What it takes: the names of the layers that give it, and what these see. */
  readonly inputs: readonly { readonly name: string; readonly field: ReceptiveField }[];
  readonly depth: number;
}

interface Whole {
  readonly variables: readonly Variable[];
  readonly expandNested: boolean;
}

function rowsWithin({ path, layer, shape, inputs, depth }: Place, whole: Whole): SummaryRow[] {
  const members = layer.members!(shape);
  const fields = fieldsOfMembers(
    layer,
    inputs.map(({ field }) => field),
    shape,
  );
  return members.flatMap((member, i) => {
    const own = `${path}/${member.name}`;
    const taken = member.from.map((from) =>
      from < 0 ? inputs[-1 - from]! : { name: members[from]!.name, field: fields[from]! },
    );
    const row = {
      ...rowOf(member, fields[i]!),
      depth,
      parameters: parametersOf(below(`${own}/`, whole.variables)),
      connectedTo: taken.map(({ name }) => name),
    };
    if (!whole.expandNested || member.layer.members === undefined) return [row];
    const inner = { path: own, layer: member.layer, shape: member.input, inputs: taken };
    return [row, ...rowsWithin({ ...inner, depth: depth + 1 }, whole)];
  });
}

/** The row of a model that is one layer. */
function rowOfAll(
  { layer, shape, inputs }: Place,
  output: ShapeOf<Value>,
  variables: readonly Variable[],
): SummaryRow {
  const alone = { name: layer.name ?? layer.kind, layer, from: inputs.map((_, i) => -1 - i) };
  const whole: Member = { ...alone, input: shape, output };
  const fields = inputs.map(({ field }) => field);
  return {
    ...rowOf(whole, fieldAfter(layer, fields, whole)),
    depth: 0,
    parameters: parametersOf(variables),
    connectedTo: inputs.map(({ name }) => name),
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
