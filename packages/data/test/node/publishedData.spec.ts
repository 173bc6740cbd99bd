import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Tensor } from '@gradus/tensor';
import { readCifar10, readClassFolder, readMnist } from '../../src/node/index';

const data = join(__dirname, '../../../../../shared/data');
const present = existsSync(data);
const absence = present ? '' : ' (skipped: ../shared/data is not there)';

(present ? describe : describe.skip)(`Published data${absence}`, function () {
  this.timeout(60_000);

  // As Fashion-MNIST is published, and as everyone who normalises them writes.
  const classSizes = {
    mnist: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    'fashion-mnist': Array.from({ length: 10 }, () => 6000),
  };
  const means = { mnist: 0.1307, 'fashion-mnist': 0.286 };
  for (const name of ['mnist', 'fashion-mnist'] as const) {
    it(`of ${name} is read: 60,000 images to train with and 10,000 to test with`, async () => {
      const { train, test } = await readMnist(join(data, name), { name });
      expect(train.images.shape).to.deep.equal([60_000, 28, 28, 1]);
      expect(test.images.shape).to.deep.equal([10_000, 28, 28, 1]);
      expect(train.labels.shape).to.deep.equal([60_000]);
      expect(test.labels.shape).to.deep.equal([10_000]);
      expect(histogram(train.labels)).to.deep.equal(classSizes[name]);
      expect(meanOf(train.images) / 255).to.be.closeTo(means[name], 5e-5);
    });
  }

  it('of CIFAR-10 is read from an incomplete set of batches', async () => {
    const { train, test, classNames } = await readCifar10(join(data, 'cifar-10'));
    expect(train.images.shape).to.deep.equal([10_000, 32, 32, 3]);
    expect(test.images.shape).to.deep.equal([1_000, 32, 32, 3]);
    expect(classNames[train.labels.at(0)]).to.equal('frog');
    expect(classNames[test.labels.at(0)]).to.equal('cat');
    expect(histogram(train.labels).every((count) => count > 900)).to.equal(true);
  });

  it('of scenes is read by class', async () => {
    const { train, test, classNames } = await readClassFolder(join(data, 'scenes'), {
      size: [32, 32],
      channels: 'grey',
      limit: 5,
    });
    expect(classNames).to.have.length(8);
    expect(train.images.shape).to.deep.equal([32, 32, 32, 1]);
    expect(histogram(train.labels)).to.deep.equal(Array.from({ length: 8 }, () => 4));
    expect(histogram(test.labels)).to.deep.equal(Array.from({ length: 8 }, () => 1));
  });
});

/** How often each label occurs. */
function histogram(labels: Tensor<'int32'>): number[] {
  const counts: number[] = [];
  for (const label of labels.toTypedArray()) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

function meanOf(x: Tensor<'uint8'>): number {
  const values = x.toTypedArray();
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
