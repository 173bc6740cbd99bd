import { data, reshape, viz, type Tensor } from 'gradus';
import type { Assessment } from './assess';
import { pixelFigure } from './pixelFigure';

/** So many are shown. */
const mostShown = 24;

/** The images that a model got most wrong, worst first: those whose class it thought least likely. */
export function worstMistakes(
  { labels, predicted, losses }: Assessment,
  most = mostShown,
): readonly number[] {
  const wrong = Array.from(labels.keys()).filter((i) => labels[i] !== predicted[i]);
  return wrong.sort((a, b) => losses[b]! - losses[a]! || a - b).slice(0, most);
}

/** The mistakes as pictures: what each is, what it was taken for, and how sure the model was. */
export function mistakePictures(
  x: Tensor,
  assessment: Assessment,
  classNames: readonly string[],
): viz.Content[] {
  const worst = worstMistakes(assessment);
  if (worst.length === 0) return ['There are none: every image was taken for what it is.'];
  const { labels, predicted, probability } = assessment;
  return [
    'Below each image what it is, what it was taken for, and the probability of that.',
    viz.sideBySide(
      ...worst.map((i) => {
        const [is, taken] = [classNames[labels[i]!]!, classNames[predicted[i]!]!];
        const caption = `${is} → ${taken}, ${(100 * probability[i]!).toFixed(1)}\u00a0%`;
        const alt = `${is} taken for ${taken}`;
        return pixelFigure(viz.toImage(imageAt(x, i), { range: [0, 1] }), { alt, caption });
      }),
    ),
  ];
}

/** Image i of a batch. */
function imageAt(batch: Tensor, i: number): Tensor {
  return reshape(data.takeRows(batch, [i]), batch.shape.slice(1));
}
