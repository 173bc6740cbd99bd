import { mul, sub } from '@gradus/autodiff';
import { formatShape, type Tensor } from '@gradus/tensor';
import { expectClose, named } from '@gradus/tensor/testing';
import type { State, UpdateRule } from '../src/index';
import { quadratic } from './quadratic';

/**
 * Checks an update rule by itself: that its state has the expected names and keeps them, its shapes
 * and element types; that it is a pure function; and that its first move is proportional to the
 * learning rate.
 */
export function checkRule(rule: UpdateRule<State>, names: readonly string[]): void {
  for (const dtype of ['float32', 'float64'] as const) {
    const { start: weight, gradient } = quadratic([2, 3], dtype);
    const state = rule.init(weight);
    const wanted = [...names].sort().join(', ') || 'none';
    const found = Object.keys(state).sort().join(', ') || 'none';
    if (found !== wanted) throw new Error(`state: expected ${wanted}; received ${found}.`);
    const given = { weight, gradient: gradient(weight), state, step: 1 };
    const before = describe({ weight, gradient: given.gradient, ...state });
    const once = rule.update({ ...given, learningRate: 0.125 });
    const again = rule.update({ ...given, learningRate: 0.125 });
    expectSame('a second call', describe(again.state), describe(once.state));
    named('a second call', () => expectClose(again.weight, once.weight, { relative: 0 }));
    const after = describe({ weight, gradient: given.gradient, ...state });
    expectSame('the arguments after a call', after, before);
    expectSame('state after a step', layout(once.state), layout(state));
    expectSame('weight after a step', layout({ w: once.weight }), layout({ w: weight }));
  }
  checkProportion(rule);
}

function checkProportion(rule: UpdateRule<State>): void {
  const { start: weight, gradient } = quadratic([2, 3], 'float64');
  const given = { weight, gradient: gradient(weight), state: rule.init(weight), step: 1 };
  const move = (learningRate: number): Tensor =>
    sub(rule.update({ ...given, learningRate }).weight, weight);
  named('the first move at twice the learning rate', () =>
    expectClose(move(0.25), mul(move(0.125), 2), { relative: 1e-12 }),
  );
}

function layout(tensors: State): string {
  return inOrder(tensors)
    .map(([name, { dtype, shape }]) => `${name} ${dtype} ${formatShape(shape)}`)
    .join(', ');
}

function describe(tensors: State): string {
  return inOrder(tensors)
    .map(([name, x]) => `${name} [${x.toTypedArray().join(', ')}]`)
    .join(', ');
}

function inOrder(tensors: State): [string, Tensor][] {
  return Object.entries(tensors).sort(([a], [b]) => (a < b ? -1 : 1));
}

function expectSame(what: string, received: string, expected: string): void {
  if (received === expected) return;
  throw new Error(`${what}: expected ${expected || 'none'}; received ${received || 'none'}.`);
}
