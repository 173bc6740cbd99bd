import { expect } from 'chai';
import { nextTurn } from '../../src/loop/nextTurn';

describe('nextTurn', () => {
  it('lets waiting events go first', async () => {
    const order: string[] = [];
    setImmediate(() => order.push('event'));
    await nextTurn();
    order.push('next');
    expect(order).to.deep.equal(['event', 'next']);
  });

  it('also waits for a turn where there is no setImmediate, as in browsers', async () => {
    const { setImmediate: native } = globalThis;
    const order: string[] = [];
    native(() => order.push('event'));
    const hidden: { setImmediate?: typeof native } = globalThis;
    delete hidden.setImmediate;
    try {
      const turn = nextTurn().then(() => order.push('next'));
      await Promise.resolve();
      expect(order).to.deep.equal([]);
      await turn;
    } finally {
      globalThis.setImmediate = native;
    }
    expect(order).to.include('next');
  });
});
