import { OptionError, type Shape } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { input } from '../../core/input';
import type { GraphNode, Layer } from '../../core/layerInterface';
import type { Value } from '../../core/value';
import { inForm, isNode, mapForm, shapesOfNodes, type Form } from './forms';
import type { Plan, Source } from './plan';

/** A graph as data: what its `config` holds. */
export interface Topology {
  readonly inputs: Form<InputDescription>;
  readonly steps: readonly StepDescription[];
  readonly outputs: Form<Reference>;
  readonly name?: string;
}

interface InputDescription {
  readonly shape: Shape;
  readonly name?: string;
}

interface StepDescription {
  readonly layer: Layer<Value, Value>;
  readonly from: Form<Reference>;
}

/** A tensor of a graph: an input by its place in the list, or a result of a step. */
type Reference = { readonly input: number } | { readonly step: number; readonly part?: number };

/** Where a graph begins and ends. */
export interface Ends {
  readonly inputs: Form<GraphNode>;
  readonly outputs: Form<GraphNode>;
}

/** What the `config` of the graph between some nodes holds. */
export function topologyOf({ inputs, outputs }: Ends, { steps, results }: Plan): Topology {
  return Object.freeze({
    inputs: mapForm(inputs, isNode, ({ shape, name }) => ({
      shape,
      ...(name !== undefined && { name }),
    })),
    steps: Object.freeze(
      steps.map(({ layer, input: taken, from }) => ({
        layer,
        from: inForm(taken, (_, i) => referenceOf(from[i]!)),
      })),
    ),
    outputs: inForm(shapesOfNodes(outputs), (_, i) => referenceOf(results[i]!)),
  });
}

function referenceOf({ step, part }: Source): Reference {
  if (step < 0) return { input: -1 - step };
  return { step, ...(part > 0 && { part }) };
}

/**
 * The nodes that a topology describes.
 * @throws OptionError if it refers to something that is not there.
 * @throws ShapeError if a layer cannot take what it is to take.
 */
export function endsOf({ inputs, steps, outputs }: Topology): Ends {
  checkForm('inputs, each with its shape', inputs, isInput);
  checkForm('references to outputs', outputs, isReference);
  const list: unknown = steps;
  if (!Array.isArray(list)) throw wrongOption('graph', 'a list of steps', steps);
  const begin = mapForm(inputs, isInput, ({ shape, name }) =>
    input(shape, { ...(name !== undefined && { name }) }),
  );
  const given = listOf(begin);
  const made: GraphNode[][] = [];
  const at = (reference: Reference): GraphNode => {
    const node =
      'input' in reference ? given[reference.input] : made[reference.step]?.[reference.part ?? 0];
    if (node !== undefined) return node;
    throw new OptionError({
      op: 'graph',
      expected: 'references to its inputs, and to steps that come before',
      received: JSON.stringify(reference),
    });
  };
  for (const { layer, from } of steps) {
    if (typeof layer?.apply !== 'function') throw wrongOption('graph', 'steps with layers', layer);
    checkForm('references to what a layer takes', from, isReference);
    made.push(listOf(layer.apply(mapForm(from, isReference, at))));
  }
  return { inputs: begin, outputs: mapForm(outputs, isReference, at) };
}

function isInput(form: unknown): form is InputDescription {
  return typeof form === 'object' && form !== null && 'shape' in form && Array.isArray(form.shape);
}

function isReference(form: unknown): form is Reference {
  const keys = typeof form === 'object' && form !== null ? Object.entries(form) : [];
  return keys.some(([key, value]) => ['input', 'step'].includes(key) && typeof value === 'number');
}

/** What comes from a file may be anything. */
function checkForm<T>(what: string, form: Form<T>, isOne: (x: unknown) => x is T): void {
  const parts: unknown[] = [];
  if (typeof form === 'object' && form !== null) mapForm(form, isOne, (one) => parts.push(one));
  const odd = parts.findIndex((part) => !isOne(part));
  if (parts.length > 0 && odd < 0) return;
  throw wrongOption('graph', what, odd < 0 ? form : parts[odd]);
}

function listOf(nodes: Form<GraphNode>): GraphNode[] {
  const list: GraphNode[] = [];
  mapForm(nodes, isNode, (node) => list.push(node));
  return list;
}
