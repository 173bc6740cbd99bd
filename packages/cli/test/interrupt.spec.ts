import { expect } from 'chai';
import { EventEmitter } from 'node:events';
import { Interrupt, type InterruptHost } from '../src/interrupt';

/** A process that one can send signals at chosen times. */
class FakeHost extends EventEmitter {
  time = 0;
  readonly ended: (number | 'abandoned')[] = [];
  readonly host: InterruptHost = {
    on: (signal, listener) => this.on(signal, listener),
    off: (signal, listener) => this.off(signal, listener),
    exit: (status) => this.ended.push(status),
    now: () => this.time,
  };

  during(work: (interrupt: Interrupt) => void): Promise<void> {
    const abandon = (): number => this.ended.push('abandoned');
    return Interrupt.during(abandon, async (interrupt) => work(interrupt), this.host);
  }

  press(milliseconds: number): void {
    this.time = milliseconds;
    this.emit('SIGINT');
  }
}

describe('Interrupt', () => {
  it('asks at the first Ctrl-C and ends at the second, after cleaning up', async () => {
    const fake = new FakeHost();
    await fake.during((interrupt) => {
      let asked = 0;
      interrupt.onRequest(() => (asked += 1));
      expect(interrupt.requested).to.equal(false);
      fake.press(0);
      expect([interrupt.requested, asked, fake.ended]).to.deep.equal([true, 1, []]);
      fake.press(300);
      expect([asked, fake.ended]).to.deep.equal([1, ['abandoned', 130]]);
    });
  });

  it('takes a signal that comes again at once for the same key press', async () => {
    const fake = new FakeHost();
    await fake.during(() => {
      fake.press(0);
      fake.press(299);
      expect(fake.ended).to.deep.equal([]);
    });
  });

  for (const [signal, status] of [
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    it(`ends at once on ${signal}, after cleaning up`, async () => {
      const fake = new FakeHost();
      await fake.during(() => fake.emit(signal));
      expect(fake.ended).to.deep.equal(['abandoned', status]);
    });
  }

  it('hands back the result and stops listening, also after an error', async () => {
    const fake = new FakeHost();
    expect(
      await Interrupt.during(
        () => {},
        async () => 7,
        fake.host,
      ),
    ).to.equal(7);
    const failed = await fake
      .during(() => {
        throw new Error('no');
      })
      .catch((error: unknown) => error);
    expect(failed).to.be.an('error');
    expect(fake.eventNames()).to.deep.equal([]);
  });
});
