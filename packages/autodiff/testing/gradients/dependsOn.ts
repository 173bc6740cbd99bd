import type { Tensor } from '@gradus/tensor';
import { Neighbourhood, type ValueAt } from './neighbourhood';

/**
 * Whether a value changes when all inputs do: a function that does not use its arguments has a gradient of 0
 * and slopes of 0, which would agree.
 */
export function dependsOn(value: ValueAt, at: readonly Tensor[]): boolean {
  const moves: readonly ((x: number, n: number) => number)[] = [
    (x, n) => x + 1 + n / 8,
    (x, n) => -x - 1 - n / 8,
    (x, n) => (n % 2 === 0 ? 3 * x + 2 : x / 2 - 3),
    (x, n) => 100 * (x + 1 + n),
  ];
  const point = new Neighbourhood(value, at);
  return moves.some((move) => {
    const moved = point.values.map((values) => values.map((x, n) => move(x, n) - x));
    try {
      return !Object.is(point.directionLine(moved).at(1), point.atPoint);
    } catch {
      // It looked at its inputs, and did not like them.
      return true;
    }
  });
}
