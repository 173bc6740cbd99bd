import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { tensor, type Tensor } from '@gradus/tensor';
import { centerCrop, toGrey } from '../../src/index';
import { readImage, readImageFolder } from '../../src/node/index';
import { spectralSlope } from '../generated/powerSpectrum';

const photographs = join(__dirname, '../../../../../shared/data');
const present = existsSync(photographs);
const absence = present ? '' : ' (skipped: ../shared/data is not there)';

(present ? describe : describe.skip)(`Real photographs${absence}`, () => {
  it('of scenes are read, every folder with its share', async () => {
    const { images, skipped } = await readImageFolder(join(photographs, 'scenes'), {
      convert: (image) => toGrey(centerCrop(image, [64, 64])),
      limit: 24,
    });
    expect(skipped).to.deep.equal([]);
    const categories = images.map(({ path }) => basename(join(path, '..')));
    expect(new Set(categories).size).to.equal(8);
    for (const { image } of images) expect(image.shape).to.deep.equal([64, 64]);
    // What `deadLeaves` imitates.
    expect(spectralSlope(stack(images.map(({ image }) => image)))).to.be.within(-2.6, -1.9);
  });

  it('of several kinds and sizes are read', async () => {
    const { images, skipped } = await readImageFolder(join(photographs, 'photos'), {
      convert: ({ shape }) => shape,
    });
    expect(skipped).to.deep.equal([]);
    const shapes = new Map(images.map(({ path, image }) => [basename(path), image]));
    expect(shapes.size).to.equal(14);
    expect(shapes.get('camera.png')).to.deep.equal([512, 512, 1]);
    expect(shapes.get('chelsea.png')).to.deep.equal([300, 451, 3]);
    expect(shapes.get('rocket.jpg')).to.deep.equal([427, 640, 3]);
    expect(shapes.get('hubble_deep_field.jpg')).to.deep.equal([872, 1000, 3]);
  });

  it('with an alpha channel lie on white', async () => {
    const horse = await readImage(join(photographs, 'photos', 'horse.png'));
    expect(horse.shape).to.deep.equal([328, 400, 3]);
    expect([0, 1, 2].map((c) => horse.at(0, 0, c))).to.deep.equal([255, 255, 255]);
  });
});

function stack(images: readonly Tensor<'float32'>[]): Tensor<'float32'> {
  const [height, width] = images[0]!.shape;
  const values = new Float32Array(images.length * height! * width!);
  images.forEach((image, i) => values.set(image.toTypedArray(), i * height! * width!));
  return tensor(values, [images.length, height!, width!]);
}
