import type { Values } from '../../data/values';
import { message, type Field } from './protobuf';

/** An operation in a graph, by the names of its operands and of its one result. */
export interface OnnxNode {
  readonly operation: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

/** A graph with the result `y`. */
export interface OnnxGraph {
  /** Shapes by name. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** The shape of `y`. */
  readonly output: readonly number[];
  /** Tensors that are part of the model. */
  readonly constants?: Readonly<Record<string, Values>>;
  readonly nodes: readonly OnnxNode[];
}

/** Numbers that ONNX gives to element types and to kinds of attributes. */
const float32 = 1;
const attributeTypes = { int: 2, ints: 7 } as const;

/** Version 8 of the format and version 13 of the operations, of 2021 and 2020. */
const formatVersion = 8;
const operationsVersion = 13;

/**
 * A graph as an ONNX model. Numbers of fields are those of onnx.proto3:
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
 */
export function modelOf({ inputs, output, constants = {}, nodes }: OnnxGraph): Uint8Array {
  const graph = message(
    ...nodes.map((node): Field => [1, encodeNode(node)]),
    [2, 'benchmark'],
    ...Object.entries(constants).map(([name, values]): Field => [5, constant(name, values)]),
    ...Object.entries(inputs).map(([name, shape]): Field => [11, valueInfo(name, shape)]),
    [12, valueInfo('y', output)],
  );
  const operations = message([1, ''], [2, operationsVersion]);
  return message([1, formatVersion], [7, graph], [8, operations]);
}

function encodeNode({ operation, inputs, output, attributes = {} }: OnnxNode): Uint8Array {
  return message(
    ...inputs.map((name): Field => [1, name]),
    [2, output],
    [4, operation],
    ...Object.entries(attributes).map(([name, value]): Field => [5, attribute(name, value)]),
  );
}

function attribute(name: string, value: number | readonly number[]): Uint8Array {
  if (typeof value === 'number') return message([1, name], [3, value], [20, attributeTypes.int]);
  const items = value.map((item): Field => [8, item]);
  return message([1, name], ...items, [20, attributeTypes.ints]);
}

/** The numbers are written as they lie in memory, which has to be little-endian, as all hosts are. */
function constant(name: string, { shape, data }: Values): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const sizes = shape.map((size): Field => [1, size]);
  return message(...sizes, [2, float32], [8, name], [9, bytes]);
}

function valueInfo(name: string, shape: readonly number[]): Uint8Array {
  const dimensions = message(...shape.map((size): Field => [1, message([1, size])]));
  const tensor = message([1, float32], [2, dimensions]);
  return message([1, name], [2, message([1, tensor])]);
}
