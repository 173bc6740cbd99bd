import type { Variable } from '@gradus/autodiff';
import type { Layer, NodesOf, ShapeOf, Value } from '@gradus/layers';
import type { FloatDType, Tensor } from '@gradus/tensor';
import { checkChoice, checkObjects, checkText } from '@gradus/tensor/options';
import { summaryOf, type SummaryOptions } from '../summary/summary';
import { summaryText } from '../summary/summaryText';
import type { ModelOptions } from './modelOptions';
import { Network } from './network';
import { assignAll, findVariable, variablesBelow, type WeightValues } from './weights';

/** A layer with its weights, whatever is done with it: what a `Model` is without its training. */
export abstract class BuiltModel<In extends Value, Out extends Value> {
  /** All weights, in the order of the layers. */
  readonly variables: readonly Variable[];
  /** The shape of one sample's result. */
  readonly outputShape: ShapeOf<Out>;
  readonly name: string;
  /** Element type of weights and results. */
  readonly dtype: FloatDType;
  /** What drove its first weights, and drives what its layers draw. */
  readonly seed: number;
  /** What computes. */
  protected readonly network: Network<In, Out>;

  /** @param inputShape of one sample. */
  constructor(
    readonly layer: Layer<In, Out>,
    readonly inputShape: ShapeOf<In>,
    options: ModelOptions = {},
  ) {
    checkObjects('model', { options });
    const { name = 'model', seed = 0, dtype = 'float32' } = options;
    checkText('model', { name });
    checkChoice('model', { dtype }, ['float32', 'float64']);
    this.name = name;
    this.dtype = dtype;
    this.seed = seed;
    this.network = new Network(layer, inputShape, { name, seed, dtype });
    this.variables = this.network.variables;
    this.outputShape = this.network.outputShape;
  }

  /**
   * The variable of a name such as `model/0_conv2d/kernel`, or of the end of one: `kernel`.
   * @throws OptionError if none is called so, or the names of several end so.
   */
  weight(name: string): Variable {
    return findVariable(`${this.name}.weight`, this.variables, name);
  }

  /** Copies of all weights as they are now, in the order of `variables`. */
  getWeights(): readonly Tensor[] {
    return this.variables.map((variable) => variable.snapshot());
  }

  /**
   * Replaces weights by copies of tensors, in the order of `variables` or by name; if one does not fit,
   * none. All of them, or those of a layer, by a path such as `0_encoder`.
   * @throws OptionError, ShapeError or DTypeError that names the weight.
   */
  setWeights(values: WeightValues, { path }: { readonly path?: string } = {}): void {
    const op = `${this.name}.setWeights`;
    assignAll(op, this.below(op, path), values);
  }

  /**
   * Keeps weights as they are in training: those of a layer, by a path such as `0_conv2d`, or all.
   * @throws OptionError if there are none of this path.
   */
  freeze(path?: string): void {
    this.setFrozen(true, path);
  }

  /** Lets training change weights again that were frozen; see `freeze`. */
  unfreeze(path?: string): void {
    this.setFrozen(false, path);
  }

  /**
   * Says, for a model made of nodes, that this one is part of it. Its layers get weights of their own
   * there, which `setWeights` with a path can bring over.
   * @throws ShapeError if it cannot take the nodes.
   */
  apply(nodes: NodesOf<In>): NodesOf<Out> {
    return this.layer.apply(nodes);
  }

  /**
   * The layers as a table: what each gives, how many weights it has, what it costs and how much of the
   * input it sees. `console.log(model.summary())` shows it.
   */
  summary(options?: SummaryOptions): string {
    return summaryText(summaryOf(this, options));
  }

  private setFrozen(frozen: boolean, path?: string): void {
    const op = `${this.name}.${frozen ? 'freeze' : 'unfreeze'}`;
    for (const variable of this.below(op, path)) variable.frozen = frozen;
  }

  private below(op: string, path?: string): readonly Variable[] {
    return path === undefined ? this.variables : variablesBelow(op, this.variables, path);
  }
}
