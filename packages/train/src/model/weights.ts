import type { Variable } from '@gradus/autodiff';
import {
  DTypeError,
  formatShape,
  OptionError,
  sameShape,
  ShapeError,
  type Tensor,
} from '@gradus/tensor';
import { checkObjects } from '@gradus/tensor/options';

/** Tensors in the order of a model's weights, or by their names. */
export type WeightValues = readonly Tensor[] | Readonly<Record<string, Tensor>>;

/**
 * The variable of a name such as `model/0_conv2d/kernel`, or of the end of one: `kernel`.
 * @throws OptionError if none is called so, or the names of several end so.
 */
export function findVariable(op: string, variables: readonly Variable[], name: string): Variable {
  const exact = variables.find((variable) => variable.name === name);
  if (exact !== undefined) return exact;
  const found = variables.filter((variable) => variable.name.endsWith(`/${name}`));
  if (found.length === 1) return found[0]!;
  throw new OptionError({
    op,
    expected: variables.length === 0 ? 'a model that has weights' : `one of ${namesOf(variables)}`,
    received: `'${name}'${found.length > 1 ? `, which ${found.length} of them end with` : ''}`,
  });
}

/**
 * The variables whose names are, or lie below, a path such as `model/0_conv2d`; without the model's
 * name too: `0_conv2d`.
 * @throws OptionError if there is none.
 */
export function variablesBelow(
  op: string,
  variables: readonly Variable[],
  path: string,
): readonly Variable[] {
  const found = variables.filter(({ name }) => `/${name}/`.includes(`/${path}/`));
  if (found.length > 0) return found;
  throw new OptionError({
    op,
    expected: `part of the name of a weight: ${namesOf(variables)}`,
    received: `'${path}'`,
  });
}

/**
 * Gives variables new values, all or none of them.
 * @throws what `fittingWeights` throws.
 */
export function assignAll(op: string, variables: readonly Variable[], values: WeightValues): void {
  const list = fittingWeights(op, variables, values);
  variables.forEach((variable, i) => variable.assign(list[i]!));
}

/**
 * The values of variables in their order, checked.
 * @throws OptionError if there is not one for each, by its name if names are given.
 * @throws ShapeError or DTypeError if one does not fit.
 */
export function fittingWeights(
  op: string,
  variables: readonly Variable[],
  values: WeightValues,
): readonly Tensor[] {
  if (!Array.isArray(values)) checkObjects(op, { weights: values });
  const list = Array.isArray(values)
    ? (values as readonly Tensor[])
    : inOrder(op, variables, values);
  if (list.length !== variables.length) {
    throw new OptionError({
      op,
      expected: `${variables.length} tensors, one for each weight`,
      received: String(list.length),
    });
  }
  variables.forEach(({ name, value }, i) => {
    const { shape, dtype } = list[i]!;
    const isShaped = sameShape(shape, value.shape);
    if (isShaped && dtype === value.dtype) return;
    const complaint = {
      op,
      expected: `${name} to be ${value.dtype} ${formatShape(value.shape)}`,
      received: `${dtype} ${formatShape(shape)}`,
    };
    throw isShaped ? new DTypeError(complaint) : new ShapeError(complaint);
  });
  return list;
}

function inOrder(op: string, variables: readonly Variable[], values: WeightValues): Tensor[] {
  const named = new Map<string, Tensor>(Object.entries(values));
  const missing = variables.find(({ name }) => !named.has(name));
  const foreign = [...named.keys()].find((name) => variables.every((known) => known.name !== name));
  if (missing === undefined && foreign === undefined) {
    return variables.map(({ name }) => named.get(name)!);
  }
  throw new OptionError({
    op,
    expected: `a tensor for each weight: ${namesOf(variables)}`,
    received: missing !== undefined ? `none for ${missing.name}` : `one for ${String(foreign)}`,
  });
}

function namesOf(variables: readonly Variable[]): string {
  return variables.map(({ name }) => name).join(', ');
}
