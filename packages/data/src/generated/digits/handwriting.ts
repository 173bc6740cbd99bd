import type { Random } from '@gradus/tensor';
import { digitForms, formHeight, formWidth, type DigitForm, type Stroke } from './digitForms';
import { elasticField } from './elasticField';
import { curveThrough, type Move, type Point, type Polyline } from './strokes';

/*
 * How much handwriting varies, as standard deviations; nothing goes beyond two of them but the bending.
 * Lengths are those of the forms, angles radians.
 */
const jitter = 0.35;
/** Of the logarithm of the width. */
const widening = 0.22;
/** Most hands write wider than the forms are. */
const meanWidening = 0.15;
const slant = 0.24;
/** Most hands lean to the right. */
const meanSlant = 0.12;
const turn = 0.1;
const bending = 0.5;
/** Points that are further apart than this are bent in different ways. */
const bendingLength = 3;

/**
 * A digit as a hand would write it: in one of its forms, its points not quite where they should be,
 * bent, wider or narrower, slanted and turned. The lines have the size of the forms.
 * @param variation how much all of this: 0 gives the forms as they are, 1 handwriting.
 */
export function writeByHand(digit: number, variation: number, random: Random): readonly Polyline[] {
  const draw = (deviation: number): number => random.truncatedNormal(0, variation * deviation);
  const { strokes } = chooseForm(digitForms[digit]!, random);
  const lines = strokes.map((stroke) =>
    lineOf(stroke, ([x, y]) => [x + draw(jitter), y + draw(jitter)]),
  );
  const bend = elasticField(random, {
    size: [formWidth, formHeight],
    smoothness: bendingLength,
    strength: variation * bending,
  });
  const width = Math.exp(variation * meanWidening + draw(widening));
  const shear = variation * meanSlant + draw(slant);
  const angle = draw(turn);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const place: Move = (point) => {
    const [x, y] = bend(point);
    const across = width * x - shear * y;
    return [cos * across + sin * y, cos * y - sin * across];
  };
  return lines.map((line) => line.map(place));
}

/** One of several forms, by their weights. */
function chooseForm(forms: readonly DigitForm[], random: Random): DigitForm {
  const total = forms.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.uniform(0, total);
  return forms.find(({ weight }) => (left -= weight) < 0)!;
}

/** A stroke as one line, when each of its points was moved. */
function lineOf(stroke: Stroke, move: Move): Polyline {
  const line: Point[] = [];
  for (const curve of stroke) {
    const points = curve.map(move);
    const end = line.pop();
    line.push(...curveThrough(end === undefined ? points : [end, ...points]));
  }
  return line;
}
