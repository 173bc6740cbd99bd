import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { cases } from '../../src/cases';
import { peerNames, peers } from '../../src/peers/peers';

describe('The peers', () => {
  it('are all there, with exact versions and a program each', () => {
    expect(peers.map(({ name }) => name)).to.deep.equal([...peerNames]);
    for (const { packages, child } of peers) {
      for (const version of Object.values(packages)) expect(version).to.match(/^\d+\.\d+\.\d+$/);
      expect(existsSync(join(__dirname, '../../src/children', `${child}.ts`))).to.equal(true);
    }
  });
});

describe('The cases', () => {
  it('have names of their own', () => {
    const names = cases.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
  });
});
