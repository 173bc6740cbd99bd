import { shapesOf, type AnyLayer, type ShapeOf, type Value } from '@gradus/layers';

/** What one place of a picture sees of the input, along each axis that pictures have. */
export interface ReceptiveField {
  /** From the first to the last pixel seen; Infinity where all of them are. */
  readonly size: readonly number[];
  /** How many pixels of the input lie between neighbours. */
  readonly step: readonly number[];
}

/** Of an input of some shape [..., channels]: each place sees itself. */
export function fieldOfInput(shape: readonly number[]): ReceptiveField {
  const ones = shape.slice(0, -1).map(() => 1);
  return { size: ones, step: ones };
}

/**
 * What a layer's result sees, from what its inputs see: a window of `size` sees size - 1 steps more,
 * and the steps grow with its strides (A. Araujo, W. Norris, J. Sim, "Computing receptive fields of
 * convolutional neural networks", Distill 2019, equation 2). A layer that has no window acts on each
 * place alone, unless it leaves the picture's axes behind: then it sees everything.
 */
export function fieldAfter(
  layer: AnyLayer,
  inputs: readonly ReceptiveField[],
  shapes: { readonly input: ShapeOf<Value>; readonly output: ShapeOf<Value> },
): ReceptiveField {
  const { members, window } = layer;
  if (members !== undefined) return fieldsOfMembers(layer, inputs, shapes.input).at(-1)!;
  const before = widest(inputs);
  const axes = (shapesOf(shapes.output)[0]?.[1].length ?? 1) - 1;
  if (before.size.length !== axes) {
    // Whatever is still an axis comes from all there was.
    const all = Array.from({ length: Math.max(axes, 0) }, () => Infinity);
    return { size: all.length > 0 ? all : [Infinity], step: all };
  }
  if (window?.size.length !== axes) return before;
  return {
    size: before.size.map((size, i) => size + (window.size[i]! - 1) * before.step[i]!),
    step: before.step.map((step, i) => step * window.strides[i]!),
  };
}

/** What each member of a composite layer sees; the last one is the result. */
export function fieldsOfMembers(
  layer: AnyLayer,
  inputs: readonly ReceptiveField[],
  input: ShapeOf<Value>,
): readonly ReceptiveField[] {
  const fields: ReceptiveField[] = [];
  for (const member of layer.members?.(input) ?? []) {
    const from = member.from.map((i) => (i < 0 ? inputs[-1 - i]! : fields[i]!));
    fields.push(fieldAfter(member.layer, from, member));
  }
  return fields.length > 0 ? fields : [widest(inputs)];
}

/** Of several: the most that one of them sees. */
function widest(fields: readonly ReceptiveField[]): ReceptiveField {
  return fields.reduce((a, b) => ({
    size: a.size.map((size, i) => Math.max(size, b.size[i] ?? size)),
    step: a.step.map((step, i) => Math.max(step, b.step[i] ?? step)),
  }));
}
