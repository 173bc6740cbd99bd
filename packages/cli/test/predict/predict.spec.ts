import { expect } from 'chai';
import { data, encodeModel, input, layers, reshape, sequential, tensor, viz } from 'gradus';
import { ownModel } from '../ownModel';
import { flatPng, noisePng } from '../pictures';
import { runCommand, trainSmall } from '../runCommand';
import { ScratchFolder } from '../scratchFolder';

describe('predict', function () {
  this.timeout(60_000);
  const scratch = new ScratchFolder();

  /** A file of weights of a model that says how bright an image is: class 1 is bright. */
  function brightness(channels: number): string {
    const model = sequential([
      input([2, 2, channels]),
      layers.globalAveragePooling2d(),
      layers.dense({ units: 2, kernelInitializer: 'zeros' }),
    ]);
    // Class 0 has 4 for every channel, class 1 has 8 times the brightness: equal in the middle.
    const kernel = Float32Array.from({ length: 2 * channels }, (_, i) => (i % 2 === 1 ? 8 : 0));
    model.setWeights([
      tensor(kernel, [channels, 2]),
      tensor(Float32Array.of(4 * channels, 0), [2]),
    ]);
    return scratch.write(`brightness-${channels}.safetensors`, encodeModel(model));
  }

  const lines = async (...commandArguments: string[]): Promise<string[]> => {
    const { status, output, errors } = await runCommand('predict', ...commandArguments);
    expect([status, errors]).to.deep.equal([0, '']);
    return output.trimEnd().split('\n');
  };

  it('says what images of any size and colour show, the likeliest first', async () => {
    for (const channels of [1, 3]) {
      const weights = brightness(channels);
      const dark = scratch.write('dark.png', flatPng(30, 40, 0));
      const light = scratch.write('light.png', flatPng(5, 9, 255));
      const coloured = scratch.write('noise.png', noisePng(50, 50));
      const found = await lines('--weights', weights, '--data', dark, light, coloured);
      const sure = channels === 1 ? '98.2 %' : '100.0 %';
      const other = channels === 1 ? '1.8 %' : '0.0 %';
      expect(found.slice(0, 2)).to.deep.equal([
        `${dark}: class 0 ${sure}, class 1 ${other}`,
        `${light}: class 1 ${sure}, class 0 ${other}`,
      ]);
      expect(found[2]).to.match(/noise\.png: class [01] \d+\.\d %, class [01]/);
      const inverted = await lines('--weights', weights, '--data', dark, '--invert', '--top', '1');
      expect(inverted).to.deep.equal([`${dark}: class 1 ${sure}`]);
    }
  });

  it('goes through folders, skips what is no image, and writes JSON', async () => {
    const weights = brightness(1);
    scratch.write('scans/a.png', flatPng(4, 4, 255));
    scratch.write('scans/deep/b.png', flatPng(4, 4, 0));
    scratch.write('scans/c.png', 'nonsense');
    const { status, output, errors } = await runCommand(
      ...['predict', '--weights', weights, '--data', scratch.path('scans'), '--json', '--top', '1'],
    );
    expect(status).to.equal(0);
    expect(errors).to.match(/^gradus: skipped \S+c\.png: .*\n$/);
    const found = JSON.parse(output) as { file: string; classes: { name: string }[] }[];
    expect(found.map(({ file, classes }) => [file, classes[0]!.name])).to.deep.equal([
      [scratch.path('scans/a.png'), 'class 1'],
      [scratch.path('scans/deep/b.png'), 'class 0'],
    ]);
  });

  it('knows what a trained network tells apart', async () => {
    await trainSmall('--out', scratch.path('out'), '--limit', '400', '--epochs', '4');
    const { images, labels } = data.generateDigits({ count: 20, seed: 9 });
    const digits = Array.from({ length: 20 }, (_, i) => {
      const digit = reshape(data.takeRows(images, [i]), [28, 28]);
      return scratch.write(`${i}.png`, viz.encodePng(digit as never));
    });
    const found = await lines('--weights', scratch.path('out'), '--top', '1', '--data', ...digits);
    const right = found.filter((line, i) =>
      line.includes(`: ${labels.toTypedArray()[i]!} `),
    ).length;
    expect(right).to.be.above(12);
  });

  it('reads a network that has code of its own if it is given it', async () => {
    const model = scratch.write('own.mjs', ownModel);
    await trainSmall('--out', scratch.path('out'), '--model', model, '--epochs', '1');
    const image = scratch.write('a.png', flatPng(4, 4));
    const task = ['--weights', scratch.path('out'), '--data', image];
    expect((await runCommand('predict', ...task)).errors).to.match(
      /name of a function that is given/,
    );
    expect(await lines(...task, '--model', model)).to.have.length(1);
    const judge = [
      'evaluate',
      '--weights',
      scratch.path('out'),
      '--data',
      'digits',
      '--limit',
      '9',
    ];
    expect((await runCommand(...judge, '--model', model)).status).to.equal(0);
  });

  it('says what is wrong', async () => {
    const weights = brightness(1);
    const image = scratch.write('a.png', flatPng(4, 4));
    const refusal = async (...commandArguments: string[]): Promise<string> => {
      const { status, errors, output } = await runCommand('predict', ...commandArguments);
      expect([status, output]).to.deep.equal([2, '']);
      return errors.trim();
    };
    const missing = scratch.path('missing');
    expect(await refusal('--weights', weights, '--data', missing)).to.equal(
      `gradus: --data ${missing}: there is no such file or folder (ENOENT).`,
    );
    expect(await refusal('--weights', missing, '--data', image)).to.match(
      /--weights \S+: there is no such file or folder \(ENOENT\)\. Name the folder of a training\.$/,
    );
    const bad = scratch.write('bad.png', 'nonsense');
    expect(await refusal('--weights', weights, '--data', bad)).to.match(/bad\.png: .*PNG or JPEG/);
    expect(await refusal('--weights', image, '--data', image)).to.match(/decodeSafetensors/);
    expect(await refusal('--weights', weights)).to.match(/required option '--data <paths\.\.\.>'/);
    const flat = sequential([input([4]), layers.dense({ units: 2 })]);
    const vector = scratch.write('vector.safetensors', encodeModel(flat));
    expect(await refusal('--weights', vector, '--data', image)).to.match(/takes 4, not images/);
    const metadata = { 'gradus/classifier': '{' };
    scratch.write('vector.safetensors', encodeModel(flat, { metadata }));
    expect(await refusal('--weights', vector, '--data', image)).to.match(
      /of its classes is damaged/,
    );
    const scene = sequential([input([2, 2, 1]), layers.conv2d({ filters: 1, kernelSize: 1 })]);
    scratch.write('vector.safetensors', encodeModel(scene));
    expect(await refusal('--weights', vector, '--data', image)).to.match(
      /the model gives \[2, 2, 1\] for an image, not a number for each class\.$/,
    );
  });
});
