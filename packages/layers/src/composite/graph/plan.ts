import { formatShape, OptionError } from '@gradus/tensor';
import type { Application, GraphNode } from '../../core/layerInterface';
import { memberName } from '../../core/members';

/** One call of a layer in a graph. */
export interface Step extends Omit<Application, 'from'> {
  /** What the layer is called in the graph. */
  readonly name: string;
  readonly from: readonly Source[];
}

/** Where a tensor of a graph comes from. */
export interface Source {
  /** The step that gives it, or -1 for the first input, -2 for the second and so on. */
  readonly step: number;
  /** Which of the step's results it is, in the order of `shapesOf`. */
  readonly part: number;
}

/** Steps in an order in which each has what it needs, and where the results are. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly results: readonly Source[];
}

/**
 * How to get from some nodes to others.
 * @throws OptionError if more than the inputs is needed, or less.
 */
export function planFor(inputs: readonly GraphNode[], outputs: readonly GraphNode[]): Plan {
  const order = applicationsBetween(inputs, outputs);
  const names = order.map(({ layer }, i) => memberName(layer, i));
  checkInputs(inputs, { order, names, outputs });
  const places = new Map(order.map((application, i) => [application, i]));
  const sourceOf = (node: GraphNode): Source => {
    const input = inputs.indexOf(node);
    if (input >= 0) return { step: -1 - input, part: 0 };
    return { step: places.get(node.origin!)!, part: node.part };
  };
  const steps = order.map((application, i) => ({
    ...application,
    name: names[i]!,
    from: application.from.map(sourceOf),
  }));
  return { steps, results: outputs.map(sourceOf) };
}

/** All calls that the outputs depend on, each behind those that it depends on itself. */
function applicationsBetween(
  inputs: readonly GraphNode[],
  outputs: readonly GraphNode[],
): Application[] {
  const given = new Set(inputs);
  const done = new Set<Application>();
  const next = (nodes: readonly GraphNode[]): Application | undefined =>
    nodes.find((node) => !given.has(node) && node.origin !== undefined && !done.has(node.origin))
      ?.origin;
  // A stack instead of recursion: graphs may be deeper than calls.
  const open: Application[] = [];
  for (let first = next(outputs); first !== undefined; first = next(outputs)) {
    open.push(first);
    while (open.length > 0) {
      const last = open.at(-1)!;
      const missing = next(last.from);
      if (missing !== undefined) open.push(missing);
      else done.add(open.pop()!);
    }
  }
  return [...done];
}

interface Found {
  readonly order: readonly Application[];
  readonly names: readonly string[];
  readonly outputs: readonly GraphNode[];
}

function checkInputs(inputs: readonly GraphNode[], { order, names, outputs }: Found): void {
  const complain = (expected: string, received: string, hint?: string): never => {
    throw new OptionError({ op: 'graph', expected, received, hint });
  };
  const twice = inputs.find((node, i) => inputs.indexOf(node) !== i);
  if (twice !== undefined) complain('each input once', `${describeNode(twice)} twice`);
  const uses = [
    ...order.flatMap(({ from }, i) => from.map((node) => [node, names[i]!] as const)),
    ...outputs.map((node) => [node, 'the output'] as const),
  ];
  const foreign = uses.find(([node]) => node.origin === undefined && !inputs.includes(node));
  if (foreign !== undefined) {
    complain(
      'all inputs that the outputs depend on',
      `none for ${describeNode(foreign[0])}, which ${foreign[1]} needs`,
      'Add it to the inputs.',
    );
  }
  const unused = inputs.find((node) => !uses.some(([used]) => used === node));
  if (unused === undefined) return;
  complain('inputs that the outputs depend on', `${describeNode(unused)}, which nothing uses`);
}

/** A node in words, such as `input 'mask' [8]`. */
function describeNode({ kind, name, shape }: GraphNode): string {
  return `${kind}${name === undefined ? '' : ` '${name}'`} ${formatShape(shape)}`;
}
