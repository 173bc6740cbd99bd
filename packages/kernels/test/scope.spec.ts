import { rowMajor, Tensor, tensor, type Shape } from '@gradus/tensor';
import { expect } from 'chai';
import { loops, withBackend } from '../src/index';
import { inOpenScope, inScope, keep } from '../src/scope';
import { SimdEngine } from '../src/simd/engine';
import { EngineMemory } from '../src/simd/memory/engineMemory';
import { EndedStorageError } from '../src/simd/memory/scopedStorage';

const memory = new EngineMemory();
const engine = new SimdEngine(memory);

/** A tensor that the engine computes: 1, 2, 3, ... negated. */
function computed(shape: Shape): Tensor {
  const size = shape.reduce((product, axis) => product * axis, 1);
  const x = tensor(
    Float32Array.from({ length: size }, (_, i) => i + 1),
    shape,
  );
  const out = new Tensor(engine.allocate('float32', size), rowMajor(shape));
  engine.map('neg', x, out);
  return out;
}

function onEngine<T>(f: () => T): T {
  return withBackend(engine, f);
}

describe('inScope', () => {
  afterEach(() => {
    expect(engine.scopes.depth).to.equal(0);
    expect(memory.extent, 'memory in use after the test').to.equal(1024);
  });

  it('returns what the function returns, in an ordinary array', () => {
    const y = onEngine(() =>
      inScope(() => {
        const inside = computed([2]);
        expect(memory.holds(inside.data)).to.equal(true);
        return inside;
      }),
    );
    expect(y.data).to.deep.equal(Float32Array.of(-1, -2));
    expect(memory.holds(y.data)).to.equal(false);
  });

  it('lets tensors in arrays, maps and plain objects survive, however deep', () => {
    const result = onEngine(() =>
      inScope(() => ({
        list: [computed([1]), [computed([2])]],
        byName: new Map([['a', { value: computed([3]) }]]),
        count: 3,
        nothing: null,
        missing: undefined,
      })),
    );
    expect(result.list[0]).to.have.deep.property('data', Float32Array.of(-1));
    expect((result.list[1] as Tensor[])[0]!.data.length).to.equal(2);
    expect(result.byName.get('a')!.value.data.length).to.equal(3);
    expect(result.count).to.equal(3);
  });

  it('ends what is neither returned nor kept', () => {
    let [lost, kept]: Tensor[] = [];
    onEngine(() =>
      inScope(() => {
        lost = computed([3]);
        kept = keep(computed([3]));
      }),
    );
    expect(() => lost!.data).to.throw(EndedStorageError);
    expect([...kept!.data]).to.deep.equal([-1, -2, -3]);
    expect(() => keep(lost!)).to.throw(EndedStorageError);
  });

  it('nests: what leaves the inner one lives as long as the outer one', () => {
    let [inner, outer]: Tensor[] = [];
    const result = onEngine(() =>
      inScope(() => {
        inner = inScope(() => {
          outer = computed([5]);
          return computed([2]);
        });
        expect(memory.holds(inner.data)).to.equal(true);
        expect(() => outer!.data).to.throw(EndedStorageError);
        return inner.data[1];
      }),
    );
    expect(result).to.equal(-2);
    expect(() => inner!.data).to.throw(EndedStorageError);
  });

  it('lets views share what survives', () => {
    const turned = onEngine(() =>
      inScope(() => {
        const x = computed([2, 2]);
        return new Tensor(x.storage, { shape: [2, 2], strides: [1, 2], offset: 0 });
      }),
    );
    expect(turned.at(0, 1)).to.equal(-3);
  });

  it('ends everything when the function throws', () => {
    let lost: Tensor | undefined;
    const fails = (): unknown =>
      onEngine(() =>
        inScope(() => {
          lost = computed([2]);
          throw new RangeError('no');
        }),
      );
    expect(fails).to.throw(RangeError, 'no');
    expect(() => lost!.data).to.throw(EndedStorageError);
  });

  it('leaves the engine that it entered, also if another one is current at the end', () => {
    const y = onEngine(() => inScope(() => withBackend(loops, () => computed([1]))));
    expect([...y.data]).to.deep.equal([-1]);
  });

  it('calls the function and nothing else on an engine without scopes', () => {
    const x = tensor([1, 2]);
    expect(withBackend(loops, () => inScope(() => x))).to.equal(x);
    expect(keep(x)).to.equal(x);
  });
});

describe('inOpenScope', () => {
  it('leaves what it computes in the scope that is open', () => {
    onEngine(() =>
      inScope(() => {
        const inside: Tensor[] = [];
        inOpenScope(() => inside.push(computed([2])));
        expect(inside[0]!.data).to.deep.equal(Float32Array.of(-1, -2));
        expect(memory.holds(inside[0]!.data)).to.equal(true);
      }),
    );
  });

  it('opens one of its own if none is open', () => {
    const [y, depth] = onEngine(() => inOpenScope(() => [computed([2]), engine.scopes.depth]));
    expect(depth).to.equal(1);
    expect(memory.holds(y.data)).to.equal(false);
    expect(engine.scopes.depth).to.equal(0);
  });

  it('only calls on an engine without scopes', () => {
    expect(withBackend(loops, () => inOpenScope(() => 7))).to.equal(7);
  });
});
