import type { Line, Unsmooth } from './differences';

/** A place at which one slope ends and another begins, as near as can be told. */
export interface Kink {
  /** From 0, to the right if positive. */
  readonly distance: number;
}

/** Halvings of the interval in which a kink lies: enough to reach the last bit. */
const halvings = 60;

/** A point lies on one of two lines if its distance from it is less than this part of theirs. */
const nearly = 1e-3;

/** Nearer than this a point is said to lie at a kink; rounding hides the rest. */
const onTheSpot = 1e-9;

/**
 * Where a function bends or leaps within `reach` of 0, by bisection: the straight line that it follows at
 * 0 ends there. Of several such places it is one that is next to 0.
 */
export function kinkNear({ at, atZero }: Line, { reach }: Pick<Unsmooth, 'reach'>): Kink {
  const onLeft = straight(at, -reach, -2 * reach);
  const onRight = straight(at, reach, 2 * reach);
  const isLeft = Math.abs(atZero - onLeft(0)) < Math.abs(atZero - onRight(0));
  const [own, other] = isLeft ? [onLeft, onRight] : [onRight, onLeft];
  let [near, far] = [0, isLeft ? reach : -reach];
  for (let i = 0; i < halvings && Math.abs(far - near) > 1e-3 * Math.abs(far); i++) {
    const middle = (near + far) / 2;
    const line = own(middle);
    const follows = Math.abs(at(middle) - line) <= nearly * Math.abs(other(middle) - line);
    if (follows) near = middle;
    else far = middle;
  }
  const distance = (near + far) / 2;
  // Lines that begin nearer to it are straighter.
  const nearer = 4 * Math.abs(distance);
  return nearer < reach / 2 && nearer > onTheSpot
    ? kinkNear({ at, atZero }, { reach: nearer })
    : { distance };
}

/** The straight line through two points of a function. */
function straight(at: (t: number) => number, one: number, other: number): (t: number) => number {
  const value = at(one);
  const slope = (at(other) - value) / (other - one);
  return (t) => value + slope * (t - one);
}

/** What stands in the way of a slope, as a word: `x[3] is 2e-7 from a kink`. */
export function wordFor(what: string, line: Line, { kind, reach, error }: Unsmooth): string {
  const within = shortNumber(reach);
  if (kind === 'edge') return `${what} is less than ${within} from where f is not finite`;
  if (kind === 'rough') {
    return `${what}: the differences do not settle (the slope changes by ${shortNumber(error)})`;
  }
  const { distance } = kinkNear(line, { reach });
  if (Math.abs(distance) < onTheSpot) return `${what} is at a ${kind}`;
  return `${what} is ${shortNumber(Math.abs(distance))} from a ${kind}`;
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(2)));
}
