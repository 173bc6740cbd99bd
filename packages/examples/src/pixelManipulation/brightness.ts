/*
 * Brightness, by a lambda with clipping. Bytes reach from 0 to 255, pixels from 0 to 1; what is added to
 * them may lead out of that range. A byte then begins again at the other end: the whitest pixels turn
 * black. Clipping keeps them white; but where it cuts, no gradient passes.
 */
import { add, cast, clip, grad, input, layers, mean, mul, round, sequential } from 'gradus';
import { sub, sum, viz, type Tensor } from 'gradus';
import { asPicture, pngOf } from '../drawings';
import { inputPicture, type ImageOption } from '../inputPicture';
import type { Program } from '../program';

/** Adds to every pixel; what is then darker than black or whiter than white is cut off. */
export function brightened(x: Tensor, amount: number): Tensor {
  return clip(add(x, amount), { min: 0, max: 1 });
}

export const brightness = (amount: number) =>
  layers.lambda((x) => brightened(x, amount), { name: 'brightness' });

/** The same in bytes and without clipping: 255 is followed by 0. */
export function brightenedBytes(x: Tensor, amount: number): Tensor {
  const bytes = cast(round(mul(add(x, amount), 255)), 'uint8');
  return mul(cast(bytes, 'float32'), 1 / 255);
}

export const brightnessByLambda: Program<ImageOption> = {
  summary: 'brightness by a lambda with clipping',

  async run({ image, quick, print, write }) {
    const size = quick ? 32 : 128;
    const picture = await inputPicture({ size, channels: 3, image });
    const table = [['added', 'mean brightness', 'pixels cut off']];
    const rows: Record<string, Tensor<'uint8'>>[] = [];
    table.push(['0.0', mean(picture).item().toFixed(3), '0.0 %']);
    for (const amount of [0.3, -0.3]) {
      const result = sequential([input([size, size, 3]), brightness(amount)]).predict(picture);
      // 1 where the result follows the picture, 0 where it is cut off.
      const [gradient] = grad((x) => sum(brightened(x, amount)))(picture);
      const cutOff = 100 * (1 - mean(gradient).item());
      table.push([amount.toFixed(1), mean(result).item().toFixed(3), `${cutOff.toFixed(1)} %`]);
      rows.push({
        picture: asPicture(picture),
        [`clipped ${amount}`]: asPicture(result),
        'in bytes': asPicture(brightenedBytes(picture, amount)),
        'no gradient': asPicture(sub(1, gradient)),
      });
    }
    print(viz.tableToText(table));
    await write('brightness.png', pngOf(...rows));
  },
};
