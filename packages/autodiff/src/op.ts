import { currentBackend, inOpenScope, newTensor } from '@gradus/kernels';
import { Tensor, type DType, type Shape } from '@gradus/tensor';
import { caseOf, type AnyOp, type Op, type OpCase, type OpDefinition } from './opDefinition';
import { checkedDType, named, toTensors } from './operands';
import { isRecording, record } from './tape';

/**
 * Makes an operation of its definition: it checks, computes on the current engine, and records
 * itself on the tapes that are running. Called with arguments that do not fit, it throws ShapeError,
 * DTypeError or OptionError in its own name.
 */
export function defineOp<const I extends readonly string[], A = undefined>(
  definition: OpDefinition<I[number], A> & { readonly inputs: I },
): Op<I, A> {
  const count = definition.inputs.length;
  const call = (...args: readonly unknown[]): Tensor => {
    const tensors = toTensors(definition, args.slice(0, count));
    return apply(definition, tensors, args[count] as A);
  };
  // Made, as many samples are, when somebody asks for them: only tests do.
  const cases = (): readonly OpCase[] =>
    definition.samples.map((sample) =>
      caseOf(definition, sample, (tensors) => apply(definition, tensors, sample.attributes as A)),
    );
  const op = Object.assign(call, { definition });
  return Object.defineProperty(op, 'cases', { get: cases }) as typeof op & AnyOp;
}

function apply<I extends string, A>(
  definition: OpDefinition<I, A>,
  tensors: readonly Tensor[],
  attributes: A,
): Tensor {
  const inputs = named(definition.inputs, tensors);
  const dtype = resultDType(definition, inputs, attributes);
  const shape = definition.shape(mapRecord(inputs, 'shape'), attributes);
  const layout = definition.view?.(inputs, attributes);
  const { output, saved } =
    layout !== undefined
      ? { output: new Tensor(tensors[0]!.storage, layout), saved: undefined }
      : computed(definition, inputs, attributes, { dtype, shape });
  if (!isRecording()) return output;
  record({
    op: definition.name,
    inputs: tensors,
    output,
    pullback(dy) {
      const rules = definition.gradient(dy, { inputs, output, attributes, saved });
      return definition.inputs.map((name) => rules[name]);
    },
  });
  return output;
}

function computed<I extends string, A>(
  definition: OpDefinition<I, A>,
  inputs: Readonly<Record<I, Tensor>>,
  attributes: A,
  { dtype, shape }: { readonly dtype: DType; readonly shape: Shape },
): { readonly output: Tensor; readonly saved: Tensor | undefined } {
  if (definition.compute === undefined) {
    throw new Error(`${definition.name}: its view gave no layout, and it has no compute.`);
  }
  return inOpenScope(() => {
    const backend = currentBackend();
    const output: Tensor = newTensor(backend, dtype, shape);
    const saved = definition.compute!(backend, inputs, attributes, output) ?? undefined;
    return { output, saved };
  });
}

function mapRecord<I extends string, K extends keyof Tensor>(
  inputs: Readonly<Record<I, Tensor>>,
  key: K,
): Record<I, Tensor[K]> {
  const result = {} as Record<I, Tensor[K]>;
  for (const name in inputs) result[name] = inputs[name][key];
  return result;
}

function resultDType<I extends string, A>(
  definition: OpDefinition<I, A>,
  inputs: Readonly<Record<I, Tensor>>,
  attributes: A,
): DType {
  const { dtype: rule = 'float', result } = definition;
  if (typeof rule === 'function') return rule(mapRecord(inputs, 'dtype'), attributes);
  const dtype = checkedDType(definition, rule, Object.values(inputs));
  return result ?? dtype;
}
