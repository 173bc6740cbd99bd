import { SimdEngine } from './src/simd/engine';
import { convGeometry, convOutputShape } from './src';
import { fill, Random, Tensor, rowMajor } from '@gradus/tensor';
const e = new SimdEngine();
const r = new Random(1);
const rnd = (s: readonly number[]) => fill(s, () => r.uniform(-1, 1));
const bench = (name: string, flop: number, f: () => void) => { for (let i = 0; i < 3; i++) f(); let best = 1e9; for (let i = 0; i < 25; i++) { const t = performance.now(); f(); best = Math.min(best, performance.now() - t); } console.log(name, (best * 1000).toFixed(0), 'us', (flop / best / 1e6).toFixed(1), 'GFLOP/s'); };
for (const [name, xs, k, o] of [['b', [4, 28, 28, 32], 3, 64],['e', [1, 256, 256, 1], 32, 1], ['e16', [1, 256, 256, 1], 16, 1], ['e8', [1, 256, 256, 1], 8, 1],['s', [2, 64, 64, 1], 32, 1], ['b', [4, 28, 28, 32], 3, 64]] as any) {
  e.scopes.enter();
  const g = convGeometry('conv', xs, [k, k, xs[3], o], { padding: 'same' }); const s = convOutputShape(g);
  const x = rnd(xs), f = rnd([k, k, xs[3], o]), dy = rnd(s); const T = (s: readonly number[]) => new Tensor(e.allocate('float32', s.reduce((a, b) => a * b, 1)), rowMajor(s));
  const flop = 2 * s.reduce((a, b) => a * b, 1) * k * k * xs[3];
  const out = T(s), df = T([k, k, xs[3], o]);
  bench(`conv ${name} fwd`, flop, () => e.conv2d(x, f, g, out));
  bench(`conv ${name} df`, flop, () => e.conv2dFilterGradient(dy, x, g, df));
  e.scopes.leave([]);
}
