import { SimdEngine } from './src/simd/engine';
import { Random, Tensor, rowMajor, transposeLayout, sizeOf } from '@gradus/tensor';
const r = new Random(1);
const best = (f: () => void, n = 60) => { for (let i = 0; i < 10; i++) f(); let b = 1e9; for (let i = 0; i < n; i++) { const t = performance.now(); f(); b = Math.min(b, performance.now() - t); } return (b * 1000).toFixed(0); };
const e = new SimdEngine(); e.scopes.enter();
const mem = (s: number[], f?: () => number) => { const t = new Tensor(e.allocate('float32', sizeOf(s)), rowMajor(s)); if (f) for (let i = 0; i < t.size; i++) t.data[i] = f(); return t; };
const res: string[] = [];
for (const s of [[1024, 1024], [1000, 1000], [100, 10000], [10000, 100], [4096, 256],[1040,1040]]) {
  const base = mem(s, () => r.uniform()); const v = new Tensor(base.storage, transposeLayout(base, [1, 0])); const out = mem(v.shape as number[]);
  res.push(s.join('x') + ' ' + best(() => e.copy(v, out)));
}
console.log(res.join(' | '));
