import { expect } from 'chai';
import { encodeModel, layers, models } from 'gradus';
import { runCommand } from '../runCommand';
import { ScratchFolder } from '../scratchFolder';

describe('summary', function () {
  this.timeout(60_000);
  const scratch = new ScratchFolder();

  const lastLines = async (...commandArguments: string[]): Promise<string[]> => {
    const { status, output, errors } = await runCommand('summary', ...commandArguments);
    expect([status, errors]).to.deep.equal([0, '']);
    return output.trimEnd().split('\n').slice(-3);
  };

  const published = {
    'mnist-cnn': [54_410, 0],
    'lenet-5': [61_706, 0],
    alexnet: [62_378_344, 0],
    'vgg-16': [138_357_544, 0],
    googlenet: [6_998_552, 0],
    'resnet-18': [11_689_512, 9_600],
    'resnet-50': [25_583_592, 53_120],
    'mobilenet-v1': [4_231_976, 21_888],
  };
  for (const [name, [trainable, others]] of Object.entries(published)) {
    it(`ends with the published numbers of ${name}`, async () => {
      const grouped = (count: number): string => count.toLocaleString('en-US');
      expect(await lastLines(name)).to.deep.equal([
        `Total params: ${grouped(trainable! + others!)}`,
        `Trainable params: ${grouped(trainable!)}`,
        `Non-trainable params: ${grouped(others!)}`,
      ]);
    });
  }

  it('shows every network that it names in its help', async () => {
    const help = await runCommand('summary', '--help');
    for (const name of models.modelNames) {
      expect(help.output).to.contain(name);
      expect((await runCommand('summary', name)).status, name).to.equal(0);
    }
  });

  it('takes other shapes and numbers of classes, and shows what lies within blocks', async () => {
    const small = await lastLines('mnist-cnn', '--classes', '3', '--input-shape', '12x14x2');
    // (3 x 3 x 2 + 1) x 32, and 5 x 6 x 32 numbers for each of 3 classes.
    expect(small[0]).to.equal(`Total params: ${(608 + 3 * 961).toLocaleString('en-US')}`);
    const lines = async (...more: string[]): Promise<number> =>
      (await runCommand('summary', 'resnet-18', ...more)).output.split('\n').length;
    expect(await lines('--nested')).to.be.above(await lines());
  });

  it('reads files', async () => {
    const model = models.buildModel('mnist-cnn');
    const json = scratch.write('m.json', JSON.stringify(layers.layerToJson(model.layer)));
    const saved = scratch.write('m.safetensors', encodeModel(model));
    const module = scratch.write(
      'm.mjs',
      'export default ({ inputShape, classes, gradus }) => gradus.models.mnistCnn({ inputShape, classes });',
    );
    const wanted = await lastLines('mnist-cnn');
    expect(await lastLines(json, '--input-shape', '28x28x1')).to.deep.equal(wanted);
    expect(await lastLines(saved)).to.deep.equal(wanted);
    expect(await lastLines(module, '--input-shape', '28x28x1')).to.deep.equal(wanted);
    const { status, errors } = await runCommand('summary', json);
    expect(status).to.equal(2);
    expect(errors).to.equal(
      `gradus: ${json}: the file does not say what it takes. Give it, such as --input-shape 28x28x1.\n`,
    );
  });

  it('says what is wrong', async () => {
    const refusal = async (...commandArguments: string[]): Promise<string> => {
      const { status, errors, output } = await runCommand('summary', ...commandArguments);
      expect([status, output]).to.deep.equal([2, '']);
      return errors.trim();
    };
    expect(await refusal('resnet')).to.match(
      /^gradus: resnet: there is no such model\. Did you mean/,
    );
    expect(await refusal()).to.match(/missing required argument 'model'/);
    for (const shape of ['28', 'axb', '0x28x1', '28x28x', '-1x2x3', '1e3x1x1'].slice(1)) {
      expect(await refusal('lenet-5', `--input-shape=${shape}`), shape).to.match(
        /such as 224x224x3/,
      );
    }
    expect(await refusal('lenet-5', '--input-shape', '28')).to.match(
      /^gradus: lenet-5 cannot take 28:/,
    );
    expect(await refusal('lenet-5', '--input-shape', '4x4x1')).to.match(/cannot take 4x4x1: /);
    expect(await refusal('lenet-5', '--classes', '0')).to.match(/a whole number of at least 1/);
  });
});
