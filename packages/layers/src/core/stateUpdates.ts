import { keep, withoutRecording, type Variable } from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';
import type { UpdateState } from './layer';

/**
 * What layers want their state to become in one step of training. It is collected while they are
 * called, and becomes true all at once, when the step is made: until then the same numbers count for
 * all, and a step that fails changes nothing.
 */
export class StateUpdates {
  private readonly next = new Map<Variable, Tensor>();

  /** For the context of the calls. A variable that is updated twice goes on from the first update. */
  readonly update: UpdateState = (variable, rule) => {
    const before = this.next.get(variable) ?? variable.value;
    this.next.set(variable, keep(withoutRecording(() => rule(before))));
  };

  /** The variables that will change. */
  get variables(): readonly Variable[] {
    return [...this.next.keys()];
  }

  /** Gives the variables their new values. */
  apply(): void {
    for (const [variable, value] of this.next) variable.assign(value);
    this.next.clear();
  }
}
