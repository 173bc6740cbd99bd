import type { Random } from '@gradus/tensor';
import { drawLines, reachOf, type Canvas, type Pen } from './drawLines';
import { writeByHand } from './handwriting';
import { placeOnCanvas } from './placeOnCanvas';

/** A digit to draw. */
export interface Digit {
  readonly digit: number;
  /** How much it differs from what is usual, 0 to 1. */
  readonly variation: number;
  readonly random: Random;
}

/** Numbers that are equally likely: those that differ from the mean by the spread or less. */
interface Range {
  readonly mean: number;
  readonly spread: number;
}

/*
 * Lengths are pixels of an image of 28x28, as in MNIST, in which digits fit into 20x20 pixels.
 */
const usualSize = 28;
/** From the middle of a line's end to that of the other. */
const extent: Range = { mean: 18, spread: 2 };
/** Of the centre of mass from the middle of the image. */
const shift: Range = { mean: 0, spread: 1 };
/** The logarithm of the pen's radius. */
const thickness: Range = { mean: Math.log(1.2), spread: 0.42 };
const softness: Range = { mean: 1.1, spread: 0.4 };
const ink: Range = { mean: 250, spread: 5 };
/** On a small canvas a finer pen would leave no ink where it passes between the centres of pixels. */
const finest = { radius: 0.5, softness: 0.7 };

/** Draws a digit on a black canvas, with a pen, of a size and at a place that are drawn at random. */
export function drawDigit(canvas: Canvas, { digit, variation, random }: Digit): void {
  const draw = ({ mean, spread }: Range): number =>
    mean + variation * random.uniform(-spread, spread);
  const lines = writeByHand(digit, variation, random);
  const pixel = canvas.size / usualSize;
  const pen: Pen = {
    radius: Math.max(finest.radius, pixel * Math.exp(draw(thickness))),
    softness: Math.max(finest.softness, pixel * draw(softness)),
    ink: draw(ink),
  };
  const placed = placeOnCanvas(lines, {
    size: canvas.size,
    extent: pixel * draw(extent),
    shift: [pixel * draw(shift), pixel * draw(shift)],
    margin: marginOf(reachOf(pen)),
  });
  drawLines(canvas, placed, pen);
}

/** How far from the sides lines stay, so that ink neither ends at a side nor reaches a corner's pixel. */
function marginOf(reach: number): number {
  return Math.max(reach, reach * Math.SQRT1_2 + 0.5);
}
