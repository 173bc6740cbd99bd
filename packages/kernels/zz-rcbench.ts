import { SimdEngine } from './src/simd/engine';
import { loops } from './src';
import { zeros, fill, Random, Tensor, rowMajor, transposeLayout, sizeOf } from '@gradus/tensor';
const e = new SimdEngine();
const r = new Random(1);
e.scopes.enter();
const mem = (s: number[], f?: () => number) => { const t = new Tensor(e.allocate('float32', sizeOf(s)), rowMajor(s)); if (f) for (let i = 0; i < t.size; i++) t.data[i] = f(); return t; };
const best = (f: () => void, n = 30) => { for (let i = 0; i < 10; i++) f(); let b = 1e9; for (let i = 0; i < n; i++) { const t = performance.now(); f(); b = Math.min(b, performance.now() - t); } return (b * 1000).toFixed(1); };
for (const [s, axes] of [[[1048576], [0]], [[32768, 32], [0]], [[16384, 64], [0]], [[104857, 10], [0]], [[131072, 8], [0]], [[349525, 3], [0]], [[1024, 1024], [0]], [[1024, 1024], [1]], [[104857, 10], [1]], [[32, 1024, 32], [1]], [[64,32,512],[0,2]]] as any) {
  const x = mem(s, () => r.uniform(-1, 1)), out = mem(s.filter((_: any, i: number) => !axes.includes(i)));
  console.log('sum', s, axes, best(() => e.reduce('sum', x, axes, out)), 'loops', best(() => loops.reduce('sum', x, axes, out), 5));
}
const y = mem([1048576]), x1 = mem([1048576], () => r.uniform());
console.log('add', best(() => e.zip('add', x1, x1, y)));
for (const [s, p] of [[[1024, 1024], [1, 0]], [[1000, 1000], [1, 0]], [[100, 10000], [1, 0]], [[10000, 100], [1, 0]], [[32, 28, 28, 32], [0, 3, 1, 2]], [[16, 16], [1, 0]], [[8, 8], [1, 0]], [[32,32],[1,0]], [[5408,10],[1,0]]] as any) {
  const base = mem(s, () => r.uniform()); const v = new Tensor(base.storage, transposeLayout(base, p)); const out = mem(v.shape as number[]);
  const ob = zeros(s); const ov = new Tensor(ob.storage, transposeLayout(ob, p)); const oo = zeros(v.shape);
  console.log('copy', s, p, 'in memory', best(() => e.copy(v, out)), 'loops', best(() => loops.copy(v, out), 5));
  e.scopes.leave([]);
  console.log('   ordinary', best(() => e.copy(ov, oo)), 'loops', best(() => loops.copy(ov, oo), 5));
  e.scopes.enter();
}
