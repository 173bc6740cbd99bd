import { OptionError, Tensor } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { isConstraint } from '../constraints';
import { isInitializer } from '../initializers';
import type { AnyLayer } from '../core/layerInterface';
import { isRegularizer } from '../regularizers';
import {
  savedFormat,
  savedVersion,
  type Json,
  type JsonObject,
  type NamedFunctions,
  type SavedLayer,
} from './savedLayer';

/** What saving a layer needs besides it. */
export interface SavingOptions {
  /** The functions in it, of `lambda` and of activations, by the names they are saved under. */
  readonly functions?: NamedFunctions;
}

/**
 * A layer as plain JSON, from which `layerFromJson` makes an equal one: its kind and configuration, and
 * those of all layers in it; a layer object that stands in it twice is written once. Weights are not part
 * of it, and code is never: functions are saved by their names.
 * @throws OptionError if a configuration holds a function without a name, or something that JSON has no
 *   form for; it says where.
 */
export function layerToJson(layer: AnyLayer, { functions = {} }: SavingOptions = {}): SavedLayer {
  if (!isLayer(layer)) throw wrongOption('layerToJson', 'a layer', layer);
  const writer = new Writer(functions);
  return { format: savedFormat, version: savedVersion, layer: writer.layer(layer, 'layer') };
}

class Writer {
  private readonly known = new Map<AnyLayer, { [key: string]: Json }>();
  private shared = 0;

  constructor(private readonly functions: NamedFunctions) {}

  layer(layer: AnyLayer, path: string): JsonObject {
    const before = this.known.get(layer);
    if (before !== undefined) {
      before['id'] ??= this.shared++;
      return { is: 'layer', sameAs: before['id'] };
    }
    const { kind, name, config } = layer;
    const written: { [key: string]: Json } = { is: 'layer', kind };
    this.known.set(layer, written);
    const whole = name === undefined ? config : { ...config, name };
    written['config'] = this.object(whole, `${path}.config`);
    return written;
  }

  private value(value: unknown, path: string): Json {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      return Number.isFinite(value) ? value : { is: 'number', value: String(value) };
    }
    if (typeof value === 'function') return this.functionName(value, path);
    if (value instanceof Tensor) return this.tensor(value as Tensor, path);
    if (Array.isArray(value)) {
      return value.map((item: unknown, i) => this.value(item, `${path}[${i}]`));
    }
    if (isLayer(value)) return this.layer(value, path);
    return this.part(value, path) ?? this.object(value, path);
  }

  private tensor(tensor: Tensor, path: string): Json {
    const values = Array.from(tensor.toTypedArray(), (item) => this.value(item, path));
    return { is: 'tensor', dtype: tensor.dtype, shape: tensor.shape, values };
  }

  /** Initializers, regularizers and constraints. */
  private part(value: unknown, path: string): Json | undefined {
    const sorts = [
      ['initializer', isInitializer],
      ['regularizer', isRegularizer],
      ['constraint', isConstraint],
    ] as const;
    for (const [is, isOne] of sorts) {
      if (!isOne(value)) continue;
      return { is, kind: value.kind, config: this.object(value.config, `${path}.config`) };
    }
    return undefined;
  }

  private object(value: unknown, path: string): JsonObject {
    if (!isPlain(value) || 'is' in value) {
      throw new OptionError({
        op: 'layerToJson',
        expected: 'configurations of numbers, texts, lists, plain objects, tensors and layers',
        received: `something else at ${path}`,
      });
    }
    const present = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(
      present.map(([key, item]) => [key, this.value(item, `${path}.${key}`)]),
    );
  }

  private functionName(value: object, path: string): Json {
    const named = Object.entries(this.functions).find(([, f]) => f === value);
    if (named !== undefined) return { is: 'function', name: named[0] };
    throw new OptionError({
      op: 'layerToJson',
      expected: 'functions that have a name to be saved under',
      received: `one without at ${path}`,
      hint: 'Code is not saved. Name it here and when it is read: { functions: { name: f } }.',
    });
  }
}

function isLayer(x: unknown): x is AnyLayer {
  return typeof x === 'object' && x !== null && 'build' in x && typeof x.build === 'function';
}

function isPlain(x: unknown): x is Readonly<Record<string, unknown>> {
  if (typeof x !== 'object' || x === null) return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === Object.prototype || prototype === null;
}
