import { OptionError, tensor, typedArrayFrom, type DType } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { constraintFactories, type Constraint } from '../constraints';
import { initializerFactories, type Initializer } from '../initializers';
import type { AnyLayer, Layer } from '../core/layerInterface';
import { layerFactories, type LayerFactory } from '../registry';
import { regularizerFactories, type Regularizer } from '../regularizers';
import type { Value } from '../core/value';
import { savedFormat, savedVersion, type NamedFunctions } from './savedLayer';

type Factories<T> = Readonly<Record<string, (config: never) => T>>;

/** What reading a layer needs besides what this package has, each by its kind or name. */
export interface ReadingOptions {
  /** Functions of `lambda` and of activations, by the names they were saved under. */
  readonly functions?: NamedFunctions;
  /** Makers of layers of one's own, from what their `config` holds. */
  readonly layers?: Readonly<Record<string, LayerFactory>>;
  /** Likewise of initializers. */
  readonly initializers?: Factories<Initializer>;
  /** Likewise of regularizers. */
  readonly regularizers?: Factories<Regularizer>;
  /** Likewise of constraints. */
  readonly constraints?: Factories<Constraint>;
}

/**
 * The layer that `layerToJson` wrote: of the same kind, configuration, and names of weights.
 * @typeParam In what it takes, which the JSON does not say; default one tensor.
 * @typeParam Out what it gives, likewise.
 * @throws OptionError if the JSON is something else, of another version, or names a kind or function that
 *   is not known; it says where. What the makers of layers throw if a configuration is out of range.
 */
export function layerFromJson<In extends Value, Out extends Value>(
  saved: unknown,
  options?: ReadingOptions,
): Layer<In, Out>;
export function layerFromJson(saved: unknown, options?: ReadingOptions): Layer;
export function layerFromJson(saved: unknown, options: ReadingOptions = {}): AnyLayer {
  const layer = layerIn(saved);
  const reader = new Reader(options);
  const read = reader.value(layer, 'layer');
  if (isObject(layer) && layer['is'] === 'layer') return read as AnyLayer;
  throw wrong('a layer', layer, 'layer');
}

/** What is to be read of what was written. */
function layerIn(saved: unknown): unknown {
  if (!isObject(saved) || saved['format'] !== savedFormat) {
    throw wrongOption(
      'layerFromJson',
      `what layerToJson wrote, with format '${savedFormat}'`,
      isObject(saved) ? saved['format'] : saved,
    );
  }
  if (saved['version'] === savedVersion) return saved['layer'];
  throw wrongOption('layerFromJson', `version ${savedVersion}`, saved['version']);
}

class Reader {
  private readonly shared = new Map<unknown, AnyLayer>();
  private readonly factories: Readonly<Record<string, Factories<unknown>>>;

  constructor(private readonly options: ReadingOptions) {
    this.factories = {
      layer: { ...layerFactories, ...options.layers },
      initializer: { ...initializerFactories, ...options.initializers },
      regularizer: { ...regularizerFactories, ...options.regularizers },
      constraint: { ...constraintFactories, ...options.constraints },
    };
  }

  value(value: unknown, path: string): unknown {
    if (Array.isArray(value)) {
      return value.map((item: unknown, i) => this.value(item, `${path}[${i}]`));
    }
    if (!isObject(value)) return value;
    const { is } = value;
    if (is === undefined) return this.object(value, path);
    if (is === 'layer') return this.layer(value, path);
    if (is === 'number') return Number(value['value']);
    if (is === 'tensor') return this.tensor(value, path);
    if (is === 'function') return this.named(value, path);
    if (typeof is === 'string' && Object.hasOwn(this.factories, is)) {
      return this.made(is, value, path);
    }
    throw wrong('something that is a layer, tensor or other part of one', is, path);
  }

  private object(value: object, path: string): object {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.value(item, `${path}.${key}`)]),
    );
  }

  private layer(value: Described, path: string): AnyLayer {
    const { id, sameAs } = value;
    if (sameAs !== undefined) {
      const known = this.shared.get(sameAs);
      if (known !== undefined) return known;
      throw wrong('a layer that is described before', sameAs, path);
    }
    const layer = this.made('layer', value, path) as AnyLayer;
    if (id !== undefined) this.shared.set(id, layer);
    return layer;
  }

  /** What a factory makes of a kind and its configuration. */
  private made(sort: string, { kind, config }: Described, path: string): unknown {
    const factories = this.factories[sort]!;
    if (typeof kind !== 'string' || !Object.hasOwn(factories, kind)) {
      throw wrong(`a known kind of ${sort}`, kind, path, hintFor(sort, kind));
    }
    if (!isObject(config)) throw wrong('a configuration', config, `${path}.config`);
    return factories[kind]!(this.object(config, `${path}.config`) as never);
  }

  private named({ name }: Described, path: string): unknown {
    const { functions = {} } = this.options;
    if (typeof name === 'string' && Object.hasOwn(functions, name)) return functions[name];
    throw wrong('the name of a function that is given', name, path, hintFor('function', name));
  }

  private tensor({ dtype, shape, values }: Described, path: string): unknown {
    const numbers = Array.isArray(values) ? values.map((x) => this.value(x, path)) : undefined;
    const known = ['float32', 'float64', 'int32', 'uint8'].includes(dtype as string);
    if (!known || !areNumbers(numbers) || !areNumbers(shape)) {
      throw wrong('a tensor of numbers', known ? values : dtype, path);
    }
    return tensor(typedArrayFrom(dtype as DType, numbers), shape);
  }
}

type Described = Readonly<Record<string, unknown>>;

function isObject(x: unknown): x is Described {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

function areNumbers(x: unknown): x is readonly number[] {
  return Array.isArray(x) && x.every((item) => typeof item === 'number');
}

function hintFor(sort: string, name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined;
  const what = sort === 'function' ? 'it' : `a function that makes it of its config`;
  return `If it is your own, give ${what}: { ${sort}s: { ${name} } }.`;
}

function wrong(expected: string, received: unknown, path: string, hint?: string): OptionError {
  const { received: words } = wrongOption('layerFromJson', expected, received);
  return new OptionError({
    op: 'layerFromJson',
    expected,
    received: `${words} at ${path}`,
    hint,
  });
}
