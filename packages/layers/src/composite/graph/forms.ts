import type { Shape } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { GraphNode } from '../../core/layerInterface';
import { shapesOf, type Part } from '../../core/parts';
import type { ShapeOf, Value } from '../../core/value';

/** Something for each tensor of a value, in the value's form: one, a list, or by name. */
export type Form<T> = T | readonly T[] | { readonly [name: string]: T };

/** What `make` gives for each of some shapes, in their form. */
export function inForm<T>(
  shapes: ShapeOf<Value>,
  make: (part: Part<Shape>, i: number) => T,
): Form<T> {
  const parts = shapesOf<Value>(shapes);
  if (isSingle(shapes)) return make(parts[0]!, 0);
  if (Array.isArray(shapes)) return parts.map(make);
  return Object.fromEntries(parts.map((part, i) => [part[0], make(part, i)]));
}

/** Whether shapes are that of one tensor that stands alone. */
export function isSingle(shapes: ShapeOf<Value>): shapes is Shape {
  return shapesOf<Value>(shapes)[0]?.[0] === '';
}

/** All of a form, by `f`, in the same form; in the order of `shapesOf`. */
export function mapForm<S, T>(
  form: Form<S>,
  isOne: (x: Form<S>) => x is S,
  f: (one: S, i: number) => T,
): Form<T> {
  if (isOne(form)) return f(form, 0);
  if (Array.isArray(form)) return form.map((one: S, i) => f(one, i));
  const byName = Object.entries(form as Readonly<Record<string, S>>);
  const sorted = byName.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, one], i) => [name, f(one, i)]));
}

/** Whether something is a node. */
export function isNode(x: unknown): x is GraphNode {
  return x instanceof GraphNode;
}

/** The shapes of nodes, in their form. */
export function shapesOfNodes(nodes: Form<GraphNode>): ShapeOf<Value> {
  return mapForm(nodes, isNode, ({ shape }) => shape);
}

/**
 * Nodes as a list, in the order of `shapesOf`.
 * @throws OptionError, in the name of `op`, if there are none, or something else among them.
 */
export function listOfNodes(op: string, what: string, nodes: Form<GraphNode>): GraphNode[] {
  const list: unknown[] = [];
  const several = Array.isArray(nodes) || isPlain(nodes);
  if (several || isNode(nodes)) mapForm(nodes, isNode, (one) => list.push(one));
  const odd = list.findIndex((node) => !isNode(node));
  if (list.length > 0 && odd < 0) return list as GraphNode[];
  throw wrongOption(
    op,
    `${what} made by input(shape) or layer.apply: one node, a list of some, or nodes by name`,
    odd < 0 ? nodes : list[odd],
  );
}

function isPlain(x: unknown): boolean {
  return typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype;
}
