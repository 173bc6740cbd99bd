import { data, reshape, sub, viz, type Tensor } from 'gradus';
import { imageAt } from './images';
import type { Outcome } from './outcome';
import { trainingCount } from './training';
import { filterImages } from './trainingData';

/** Most images shown, from the last ones: those that were not trained on. */
const shownImages = 4;

/**
 * Some images in a row each: original, grey, filtered by the target, by the trained layer, and the
 * difference of the two. Filtered pictures share one scale; the difference has the same.
 */
export function comparisonPicture({
  images,
  data: { x },
  training: { model },
  target,
  settings: { validationSplit },
}: Outcome): Tensor<'uint8'> {
  const total = images.originals.length;
  const heldOut = total - trainingCount(total, validationSplit);
  const count = Math.min(shownImages, heldOut > 0 ? heldOut : total);
  const first = total - count;
  const rows = Array.from({ length: count }, (_, i) => first + i);
  const shown = data.takeRows(x, rows);
  const filtered = filterImages(data.takeRows(images.grey, rows), target.kernel);
  const predicted = model.predict(shown);
  return viz.imageGrid(
    rows.map((row, i) => {
      const [wanted, given] = [imageAt(filtered, i), imageAt(predicted, i)];
      const difference = reshape(sub(given, wanted), wanted.shape);
      const range = reachOf(wanted);
      return [
        { label: 'original', picture: viz.toImage(images.originals[row]!, { range: [0, 1] }) },
        {
          label: 'grey',
          picture: viz.toImage(data.toGrey(images.originals[row]!), { range: [0, 1] }),
        },
        { label: 'filtered', picture: viz.toImage(wanted, { range }) },
        { label: 'predicted', picture: viz.toImage(given, { range }) },
        { label: 'difference', picture: viz.toImage(difference, { range }) },
      ].map(({ label, picture }) => ({ picture, label: i === 0 ? label : '' }));
    }),
  );
}

/** Grey is 0: the brightest and darkest pixel that 99 of 100 stay below in magnitude. */
function reachOf(filtered: Tensor): readonly [number, number] {
  const sizes = Float64Array.from(filtered.toTypedArray(), Math.abs).sort();
  const reach = sizes[Math.floor(0.99 * (sizes.length - 1))]! || 1;
  return [-reach, reach];
}
