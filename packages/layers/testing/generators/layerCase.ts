import { inCode, withCode, type WithCode } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type {
  AnyLayer,
  Layer,
  LayerFactory,
  ReadingOptions,
  ShapeOf,
  Value,
} from '../../src/index';

/** A layer, and the shape of one sample that it takes, or of several; it writes itself as code. */
export interface LayerCase extends WithCode {
  readonly layer: Layer<Value, Value>;
  readonly input: ShapeOf<Value>;
  /** What reading the layer needs, if it holds functions. */
  readonly reading: ReadingOptions;
}

/** What a case is made of: options, and an input shape that the layer then takes. */
export interface DrawnLayer {
  readonly config: object;
  readonly input: ShapeOf<Value>;
}

/** A layer as a case. */
export function layerCase(
  layer: AnyLayer,
  input: ShapeOf<Value>,
  code: string,
  reading: ReadingOptions = {},
): LayerCase {
  const value = { layer: layer as Layer<Value, Value>, input, reading };
  return withCode(value, () => `{ layer: ${code}, input: ${inCode(input)} }`);
}

/** Cases of layers that a function makes of options. */
export function layerCases(
  make: LayerFactory,
  drawn: fc.Arbitrary<DrawnLayer>,
): fc.Arbitrary<LayerCase> {
  return drawn.map(({ config, input }) => {
    const options = Object.keys(config).length === 0 ? '' : inCode(config);
    // Options are drawn from all their forms, which types of records put together do not follow.
    return layerCase(make(config as never), input, `layers.${make.name}(${options})`);
  });
}

/** Records in which each of the fields may be missing. */
export function some(
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<object> {
  return fc.record(fields, { requiredKeys: [] });
}

/** Records in one. */
export function joined(...records: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> {
  return fc.tuple(...records).map((parts) => Object.assign({}, ...parts) as object);
}

/** Options, whatever they are, of a layer that takes each of these shapes. */
export function anyOf(
  config: fc.Arbitrary<object>,
  input: fc.Arbitrary<ShapeOf<Value>>,
): fc.Arbitrary<DrawnLayer> {
  return fc.record({ config, input });
}
