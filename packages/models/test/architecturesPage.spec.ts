import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { summaryOf } from '@gradus/train';
import { expect } from 'chai';
import { describeModel, modelNames, type ModelName } from '../src/index';
import { depthOf } from './depthOf';

/** The columns of the table that the code knows. */
function rowOf(name: ModelName): string[] {
  const description = describeModel(name);
  const { rows, trainable, nonTrainable } = summaryOf(description);
  const millions = rows.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0) / 1e6;
  return [
    `\`${name}\``,
    description.inputShape.join('x'),
    String(depthOf(description.layer, description.inputShape)),
    (trainable + nonTrainable).toLocaleString('en-US'),
    millions < 100 ? millions.toFixed(2) : Math.round(millions).toLocaleString('en-US'),
  ];
}

describe('The page on architectures', () => {
  const page = readFileSync(join(__dirname, '../../../docs/architectures.md'), 'utf8');
  const table = page.split('\n').flatMap((line) => {
    const [, name, , image, layers, weights, products] = line.split('|').map((cell) => cell.trim());
    return name?.startsWith('`') ? [[name, image, layers, weights, products]] : [];
  });

  it('has a row for each network', () => {
    const names = modelNames.map((name) => `\`${name}\``);
    expect(table.map(([name]) => name)).to.have.members(names);
  });

  for (const name of modelNames) {
    it(`says what the code says: ${name}`, () => {
      const row = rowOf(name);
      expect(table.find(([first]) => first === row[0])).to.deep.equal(row);
    });
  }
});
