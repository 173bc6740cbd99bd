import { SimdEngine } from './src/simd/engine';
import { convGeometry, convOutputShape, loops } from './src';
import { fill, Random, Tensor, rowMajor, zeros } from '@gradus/tensor';
import { Workspace } from './src/simd/memory/workspace';
import { directConv2d, directConv2dInputGradient } from './src/simd/convolution/direct';
import { winogradConv2d, winogradConv2dInputGradient } from './src/simd/convolution/winograd/winograd';
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000; };
const e = new SimdEngine() as any;
const r = new Random(1);
const rnd = (s: readonly number[]) => fill(s, () => r.uniform(-1, 1));
const size = (s: readonly number[]) => s.reduce((a, b) => a * b, 1);
const T = (s: readonly number[], from?: Tensor) => { const t = new Tensor(e.allocate('float32', size(s)), rowMajor(s)) as any; if (from) t.data.set(from.data); return t; };
const call = (f: any, ops: any, g: any) => { const work = new Workspace(e.memory, e.scopes, e.kernels); f({ kernels: e.kernels, work }, ops, g); work.finish(); work.release(); };
const diff = (a: any, b: any) => { let d = 0, m = 0; for (let i = 0; i < a.size; i++) { d = Math.max(d, Math.abs(a.data[i] - b.data[i])); m = Math.max(m, Math.abs(b.data[i])); if (!(a.data[i] === a.data[i])) d = Infinity; } return d / m; };
const cases: any[] = process.argv[2] ? JSON.parse(process.argv[2]) : [[[32, 28, 28, 32], 64], [[8, 56, 56, 64], 64], [[8,7,7,256],256],[[32,14,14,16],16]];
for (const [xs, o, padding = 'same'] of cases) {
  e.scopes.enter();
  const g = convGeometry('conv', xs, [3, 3, xs[3], o], { padding }); const s = convOutputShape(g);
  const x = T(xs, rnd(xs) as any), f = T([3, 3, xs[3], o], rnd([3, 3, xs[3], o]) as any), dy = T(s, rnd(s) as any);
  const o1 = T(s), o2 = T(s), d1 = T(xs), d2 = T(xs);
  const flop = 2 * size(s) * 9 * xs[3];
  const timing = (a: () => void, b: () => void) => { const best = [1e9, 1e9]; const reps = Math.max(1, Math.round(4e8 / flop)); for (let i = 0; i < Number(process.env.N ?? 20); i++) { [a, b].forEach((k, j) => { const t = cpu(); for (let q = 0; q < reps; q++) k(); const d = (cpu() - t) / reps; if (i > 1) best[j] = Math.min(best[j]!, d); }); } return best as [number, number]; };
  const fwd = timing(() => call(directConv2d, { x, filter: f, out: o1 }, g), () => call(winogradConv2d, { x, filter: f, out: o2 }, g));
  const dx = timing(() => call(directConv2dInputGradient, { dy, filter: f, out: d1 }, g), () => call(winogradConv2dInputGradient, { dy, filter: f, out: d2 }, g));
  const show = ([a, b]: [number, number]) => `${a.toFixed(3)} ms (${(flop / a / 1e6).toFixed(1)})  wino ${b.toFixed(3)} ms (${(flop / b / 1e6).toFixed(1)})  ratio ${(a / b).toFixed(2)}`;
  console.log(JSON.stringify(xs), o, padding, '| fwd', show(fwd), '| dx', show(dx), '| err', diff(o2, o1).toExponential(1), diff(d2, d1).toExponential(1));
  if (process.env.PROF) { (globalThis as any).prof = [0, 0, 0]; const t = cpu(); for (let q = 0; q < 10; q++) call(winogradConv2d, { x, filter: f, out: o2 }, g); console.log('  prof per call', (globalThis as any).prof.map((v: number) => (v / 10).toFixed(3)), ((cpu() - t) / 10).toFixed(3)); (globalThis as any).prof = undefined; }
  e.scopes.leave([]);
}
