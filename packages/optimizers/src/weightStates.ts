import { inScope, Variable } from '@gradus/autodiff';
import {
  DTypeError,
  formatShape,
  OptionError,
  sameShape,
  ShapeError,
  Tensor,
} from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import { checkWeights } from './checkStep';
import type { State, UpdateRule } from './updateRule';

/** What a rule remembers of one weight, as variables. */
type Slots = Readonly<Record<string, Variable>>;

/** What a rule remembers of each weight; an entry of it is named by weight and slot. */
export class WeightStates<S extends State> {
  private readonly states = new Map<Variable, Slots>();

  constructor(private readonly rule: UpdateRule<S>) {}

  /** Of one weight, from now on; at first as the rule begins. */
  of(weight: Variable): Slots {
    const known = this.states.get(weight);
    if (known !== undefined) return known;
    const first = slotsFrom(weight, this.initial(weight));
    this.states.set(weight, first);
    return first;
  }

  /**
   * Copies by name: of every weight that has been trained, or is about to be.
   * @throws OptionError if two weights have one name.
   */
  snapshot(weights: readonly Variable[]): Record<string, Tensor> {
    this.checkNames('getState', weights);
    const entries = weights.flatMap((weight) => {
      const known = this.states.get(weight);
      if (known === undefined && !weight.trainable) return [];
      const slots = known ?? slotsFrom(weight, this.initial(weight));
      return Object.values(slots).map((slot) => [slot.name, slot.snapshot()] as const);
    });
    return Object.fromEntries(entries);
  }

  /**
   * Checks that entries are those of the weights, and returns what puts copies of them in place.
   * @throws OptionError, ShapeError or DTypeError that names the entry.
   */
  restoring(weights: readonly Variable[], entries: Readonly<Record<string, unknown>>): () => void {
    this.checkNames('setState', weights);
    const found = weights.map((weight) => [weight, this.find(weight, entries)] as const);
    const known = new Set(
      found.flatMap(([weight, state]) =>
        Object.keys(state ?? {}).map((slot) => entry(weight, slot)),
      ),
    );
    const foreign = Object.keys(entries).find((name) => !known.has(name));
    if (foreign !== undefined) {
      throw this.misfit(`no entries but those of the ${weights.length} weights`, foreign);
    }
    return () => {
      for (const [weight, state] of found) {
        if (state === undefined) this.states.delete(weight);
        else this.states.set(weight, slotsFrom(weight, state));
      }
    };
  }

  private initial(weight: Variable): S {
    return inScope(() => this.rule.init(weight.value));
  }

  /** The state of one weight among the entries; `undefined` if it is frozen and has none. */
  private find(weight: Variable, entries: Readonly<Record<string, unknown>>): State | undefined {
    const pattern: State = this.initial(weight);
    const slots = Object.keys(pattern);
    const missing = slots.filter((slot) => !Object.hasOwn(entries, entry(weight, slot)));
    if (!weight.trainable && missing.length === slots.length) return undefined;
    if (missing.length > 0) throw this.misfit(`an entry ${entry(weight, missing[0]!)}`, 'none');
    return Object.fromEntries(
      slots.map((slot) => {
        const name = entry(weight, slot);
        return [slot, this.checked(name, entries[name], pattern[slot]!)];
      }),
    );
  }

  private checked(name: string, value: unknown, pattern: Tensor): Tensor {
    if (!isTensor(value)) throw this.misfit(`a tensor ${name}`, inWords(value));
    const op = `${this.rule.name}.setState`;
    if (!sameShape(value.shape, pattern.shape)) {
      const expected = `${name} of shape ${formatShape(pattern.shape)}`;
      throw new ShapeError({ op, expected, received: formatShape(value.shape) });
    }
    if (value.dtype !== pattern.dtype) {
      const expected = `${name} of element type ${pattern.dtype}`;
      throw new DTypeError({ op, expected, received: value.dtype });
    }
    return value;
  }

  private misfit(expected: string, received: string): OptionError {
    return new OptionError({
      op: `${this.rule.name}.setState`,
      expected,
      received,
      hint:
        'Is it the state of another model or optimizer? ' +
        'Weights must be frozen that were frozen when it was taken; change that afterwards.',
    });
  }

  private checkNames(method: string, weights: readonly Variable[]): void {
    checkWeights(`${this.rule.name}.${method}`, weights);
    const seen = new Set<string>();
    for (const { name } of weights) {
      if (!seen.has(name)) seen.add(name);
      else {
        throw new OptionError({
          op: `${this.rule.name}.${method}`,
          expected: 'weights of different names',
          received: `two called ${name}`,
        });
      }
    }
  }
}

function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}

function entry(weight: Variable, slot: string): string {
  return `${weight.name}/${slot}`;
}

function slotsFrom(weight: Variable, state: State): Slots {
  return Object.fromEntries(
    Object.entries(state).map(([slot, value]) => [
      slot,
      new Variable(entry(weight, slot), value, false),
    ]),
  );
}
