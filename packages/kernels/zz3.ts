import fc from 'fast-check';
import { SimdEngine } from './src/simd/engine';
import { loops, convGeometry, convOutputShape } from './src';
import { convolutions, geometryOf } from './testing/convolutions';
import { zeros, fill, Random, Tensor, rowMajor } from '@gradus/tensor';
const e = new SimdEngine();
const r = new Random(1);
const rnd = (s: readonly number[]) => fill(s, () => r.uniform(-1, 1));
const close = (a: Tensor, b: Tensor, what: string) => { let err = 0, mx = 1e-30; for (let i = 0; i < a.size; i++) { const d = Math.abs(a.data[i]! - b.data[i]!); if (!(d <= err)) err = d; mx = Math.max(mx, Math.abs(b.data[i]!)); } if (!(err / mx < 5e-6)) throw new Error(`${what} ${err / mx}`); };
fc.assert(fc.property(convolutions(), (c) => {
  const g = geometryOf(c); const x = rnd(c.x), f = rnd(c.filter); const s = convOutputShape(g);
  const a = zeros(s), b = zeros(s); e.conv2d(x, f, g, a); loops.conv2d(x, f, g, b); close(a, b, 'fwd');
  const dy = rnd(s); const p = zeros(c.filter), q = zeros(c.filter); e.conv2dFilterGradient(dy, x, g, p); loops.conv2dFilterGradient(dy, x, g, q); close(p, q, 'df');
  const u = zeros(c.x), v = zeros(c.x); e.conv2dInputGradient(dy, f, g, u); loops.conv2dInputGradient(dy, f, g, v); close(u, v, 'dx');
}), { numRuns: 1000 });

fc.assert(fc.property(convolutions({maxKernel: 20}), fc.constantFrom(1,2,3,4,5,8,12,64), (c, ch) => {
  const d = { x: [...c.x.slice(0,3), ch], filter: [c.filter[0]!, c.filter[1]!, 1, ch], options: {...c.options, groups: ch} };
  const g = geometryOf(d as any); const x = rnd(d.x), f = rnd(d.filter); const s = convOutputShape(g);
  const a = zeros(s), b = zeros(s); e.conv2d(x, f, g, a); loops.conv2d(x, f, g, b); close(a, b, 'fwd');
  const dy = rnd(s); const p = zeros(d.filter), q = zeros(d.filter); e.conv2dFilterGradient(dy, x, g, p); loops.conv2dFilterGradient(dy, x, g, q); close(p, q, 'df');
  const u = zeros(d.x), v = zeros(d.x); e.conv2dInputGradient(dy, f, g, u); loops.conv2dInputGradient(dy, f, g, v); close(u, v, 'dx');
}), { numRuns: 500 });
console.log('ok');
const bench = (name: string, flop: number, f: () => void) => { for (let i = 0; i < 5; i++) f(); let best = 1e9; for (let i = 0; i < 15; i++) { const t = performance.now(); f(); best = Math.min(best, performance.now() - t); } console.log(name, (best * 1000).toFixed(0), 'us', (flop / best / 1e6).toFixed(1), 'GFLOP/s'); };
for (const [name, xs, k, o] of [['a', [32, 28, 28, 1], 3, 32], ['b', [32, 28, 28, 32], 3, 64], ['c', [8, 56, 56, 64], 3, 64], ['d', [1, 256, 256, 1], 3, 1], ['e', [8, 256, 256, 1], 32, 1], ['dw', [8, 56, 56, 1], 5, 1]] as any) {
  e.scopes.enter();
  const g = convGeometry('conv', xs, [k, k, xs[3], o], { padding: 'same' }); const s = convOutputShape(g);
  const x = rnd(xs), f = rnd([k, k, xs[3], o]), dy = rnd(s); const T = (s: readonly number[]) => new Tensor(e.allocate('float32', s.reduce((a, b) => a * b, 1)), rowMajor(s));
  const flop = 2 * s.reduce((a, b) => a * b, 1) * k * k * xs[3];
  const out = T(s), df = T([k, k, xs[3], o]), dx = T(xs);
  bench(`conv ${name} fwd`, flop, () => e.conv2d(x, f, g, out));
  bench(`conv ${name} df`, flop, () => e.conv2dFilterGradient(dy, x, g, df));
  bench(`conv ${name} dx`, flop, () => e.conv2dInputGradient(dy, f, g, dx));
  e.scopes.leave([]);
}
