import { OptionError, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import {
  checkChoice,
  checkFunctions,
  checkLists,
  checkText,
  wrongOption,
} from '@gradus/tensor/options';
import { Port, type PortOptions } from './port';

/** A program that computes one function, and how to run it. */
export interface CommandFunctionOptions extends PortOptions {
  /** As the program's requests name the function. */
  readonly operation: string;
  /** The names of its arguments, which are those of the files. Default `['x']`. */
  readonly inputs?: readonly string[];
  /** What the program is told besides, as JSON. Default nothing: `{}`. */
  readonly settings?: object;
  /** Of the result. */
  readonly dtype: FloatDType;
  /** The shape of the result by those of the arguments. Default: that of the first. */
  readonly outputShape?: (...inputs: Shape[]) => Shape;
}

/** A function of tensors that a program computes. */
export interface CommandFunction {
  (...inputs: Tensor[]): Tensor;
  /** Ends the program, if it is kept running. It also ends with this process. */
  readonly end: () => void;
}

/**
 * A function of tensors in another language, for laws of plain functions: a softmax, a loss, a filter.
 * The program is asked as by `commandConvolution`, and answers in the same way.
 * @throws OptionError if an option is not what it should be.
 */
export function commandFunction(options: CommandFunctionOptions): CommandFunction {
  const op = 'commandFunction';
  const { operation, inputs: names = ['x'], settings = {}, dtype } = options;
  const { outputShape = (first: Shape) => first } = options;
  checkText(op, { operation });
  checkLists(op, { inputs: names });
  names.forEach((name, i) => checkFileName(op, `inputs[${i}]`, name));
  checkChoice(op, { dtype }, ['float32', 'float64']);
  checkFunctions(op, { outputShape });
  const port = new Port(op, options);
  const call = (...inputs: Tensor[]): Tensor => {
    if (inputs.length !== names.length) {
      const expected = `${names.length} tensors, ${names.join(', ')}`;
      throw new OptionError({ op: operation, expected, received: String(inputs.length) });
    }
    return port.ask({
      operation,
      settings,
      inputs: Object.fromEntries(names.map((name, i) => [name, inputs[i]!])),
      result: { dtype, shape: outputShape(...inputs.map(({ shape }) => shape)) },
    });
  };
  return Object.assign(call, { end: () => port.end() });
}

function checkFileName(op: string, option: string, name: unknown): void {
  if (typeof name === 'string' && /^[A-Za-z]\w*$/.test(name) && name !== 'result') return;
  throw wrongOption(op, `${option} to be the name of a file: letters and digits`, name);
}
