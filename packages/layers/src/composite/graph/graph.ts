import { formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { below } from '../../core/errorPath';
import {
  defineLayer,
  type AnyLayer,
  type GraphNode,
  type Layer,
  type Member,
} from '../../core/layer';
import { sumOfMembers } from '../../core/members';
import { shapesOf, tensorsOf, type Part } from '../../core/parts';
import type { ShapeOf, Value } from '../../core/value';
import { inForm, listOfNodes, shapesOfNodes, type Form } from './forms';
import { planFor, type Plan } from './plan';
import { callPlan, runPlan } from './runPlan';
import { endsOf, topologyOf, type Topology } from './topology';

/** The value that belongs to nodes: one tensor, a list of tensors, or tensors by name. */
export type ValueOfNodes<N extends Form<GraphNode>> = N extends GraphNode
  ? Tensor
  : { readonly [K in keyof N]: Tensor };

/** What a graph begins and ends with. */
export interface GraphConfig<In extends Form<GraphNode>, Out extends Form<GraphNode>> {
  /** Where it begins: one node, a list, or nodes by name, mostly of `input(shape)`. */
  readonly inputs: In;
  /** What it gives: nodes that depend on the inputs and on nothing else. */
  readonly outputs: Out;
  /** Default 'graph'. */
  readonly name?: string;
}

/**
 * The layers between some nodes as one layer: it takes and gives one tensor, a list, or tensors by name,
 * as its inputs and outputs are given. Its layers are called in an order in which each has what it needs,
 * and weights are named after it: `0_conv2d/kernel`. A layer object that was applied twice shares its
 * weights. Where neighbours can be computed in one pass over memory, they are; see `fusion.ts`.
 * @throws OptionError if the outputs depend on more than the inputs, an input is not used, or something
 *   is no node.
 */
export function graph<const In extends Form<GraphNode>, const Out extends Form<GraphNode>>({
  inputs,
  outputs,
  name,
}: GraphConfig<In, Out>): Layer<ValueOfNodes<In>, ValueOfNodes<Out>> {
  const plan = planFor(
    listOfNodes('graph', 'inputs', inputs),
    listOfNodes('graph', 'outputs', outputs),
  );
  const topology = topologyOf({ inputs, outputs }, plan);
  const forms = { input: shapesOfNodes(inputs), output: shapesOfNodes(outputs) };
  const trace = (input: ShapeOf<Value>): Traced => traced(plan, forms.input, input);
  const layer: AnyLayer = defineLayer<Value, Value>({
    kind: 'graph',
    name,
    config: name === undefined ? topology : Object.freeze({ ...topology, name }),
    outputShape: (input) => inForm(forms.output, ([], i) => trace(input).output[i]!),
    build(input, scope) {
      const { members } = below(scope.path, () => trace(input));
      const calls = members.map((member, i) =>
        scope.build(member.name, plan.steps[i]!.layer, member.input),
      );
      const run = callPlan(plan, calls);
      return (value, context) => {
        const given = tensorsOf(value);
        checkForm(shapesOf<Value>(forms.input), given);
        const results = run(
          given.map(([, tensor]) => tensor),
          context,
        );
        return inForm(forms.output, ([], i) => results[i]!);
      };
    },
    multiplyAdds: (input) => sumOfMembers(trace(input).members),
    members: (input) => trace(input).members,
  });
  // The forms of the nodes, which only the types know.
  return layer as Layer<ValueOfNodes<In>, ValueOfNodes<Out>>;
}

/** The graph that its `config` describes. */
export function graphOf(topology: Topology): Layer<Value, Value> {
  const { name } = topology;
  return graph({ ...endsOf(topology), ...(name !== undefined && { name }) });
}

/** What becomes of some input shapes. */
interface Traced {
  readonly members: readonly Member[];
  readonly output: readonly Shape[];
}

function traced(plan: Plan, form: ShapeOf<Value>, input: ShapeOf<Value>): Traced {
  const given = shapesOf<Value>(input);
  checkForm(shapesOf<Value>(form), given);
  const members: Member[] = [];
  const shapes = given.map(([, shape]) => shape);
  const output = runPlan<Shape>(plan, shapes, ({ layer, name, from, input: taken }, parts) => {
    const own = inForm(taken, (_, i) => parts[i]!);
    const result = below(name, () => layer.outputShape(own));
    members.push({ name, layer, from: from.map(({ step }) => step), input: own, output: result });
    return shapesOf<Value>(result).map(([, shape]) => shape);
  });
  return { members, output };
}

/** @throws ShapeError unless a graph gets one tensor, a list or names, as it was made for. */
function checkForm(
  wanted: readonly Part<Shape>[],
  given: readonly Part<{ readonly length: number } | Tensor>[],
): void {
  const fits = wanted.length === given.length && wanted.every(([name], i) => name === given[i]![0]);
  if (fits) return;
  const words = (parts: readonly Part<unknown>[]): string =>
    parts.length === 1 && parts[0]![0] === ''
      ? 'one tensor'
      : parts.map(([name]) => name).join(', ');
  throw new ShapeError({
    op: 'graph',
    expected: `inputs ${words(wanted)}`,
    received: words(given) || 'none',
    hint: `Their shapes: ${wanted.map(([, shape]) => formatShape(shape)).join(', ')}.`,
  });
}
