import { EngineMemory } from './src/simd/memory/engineMemory';
import { KernelCache } from './src/simd/kernelCache';
import * as R from './src/simd/convolution/fft/rowsKernel';
import * as C from './src/simd/convolution/fft/columnsKernel';
import * as T from './src/simd/convolution/fft/transform';
import { lengths, transformCost } from './src/simd/convolution/fft/length';
const m = new EngineMemory(); const kc = new KernelCache(m);
const H = 48, W = 60;
const al = (b: number) => m.allocate(b).address;
const tab = (n: number) => { const a = al(T.twiddleBytes(n)); (kc.get(`t${n}`, () => [T.twiddlesKernel(n)]) as any).writeTwiddles(a); return a; };
const ks = (h: number, w: number): any => ({ ...kc.get(`r${w}`, () => [R.forwardRowsKernel(w), R.inverseRowsKernel(w)]), ...kc.get(`c${h}`, () => [C.forwardColumnsKernel(h), C.inverseColumnsKernel(h), C.convolveColumnsKernel(h)]) });
for (const [h, w] of [[H, W], [20, 32], [4, 4], [40, 12], [96, 96], [8, 100]] as const) {
  const k = ks(h, w); const p = C.blockPitch(h);
  const re = al(4 * h * w), im = al(4 * h * w), k0 = al(4 * h * w), zero = al(4 * h * w), sp = al(C.spectrumBytes(h, w)), sk = al(C.spectrumBytes(h, w)), buf = al(32 * w), tw = tab(w), th = tab(h);
  const A = m.floats(re, h * w).map(() => Math.random() - .5), B = A.map(() => Math.random() - .5), K = A.map(() => Math.random() - .5);
  m.floats(re, h * w).set(A); m.floats(im, h * w).set(B); m.floats(k0, h * w).set(K); m.floats(zero, h * w).fill(0);
  k.forwardRows(k0, zero, sk, h / 4, p, buf, tw); k.forwardColumns(sk, w / 4, 0, h, th);
  k.forwardRows(re, im, sp, h / 4, p, buf, tw); k.convolveColumns(sp, sk, w / 4, 0, h, th); k.inverseRows(re, im, sp, h / 4, p, buf, tw);
  let e = 0;
  for (let q = 0; q < 50; q++) { const i = Math.floor(Math.random() * h), j = Math.floor(Math.random() * w); let s = 0, t = 0; for (let a = 0; a < h; a++) for (let b = 0; b < w; b++) { const x = ((i + a) % h) * w + (j + b) % w; s += A[x]! * K[a * w + b]!; t += B[x]! * K[a * w + b]!; } e = Math.max(e, Math.abs(m.floats(re, h * w)[i * w + j]! / h / w - s), Math.abs(m.floats(im, h * w)[i * w + j]! / h / w - t)); }
  console.log(h, w, 'err', e);
}
const min = (f: () => void, n: number) => { let b = 1e9; for (let i = 0; i < n; i++) { const t = performance.now(); f(); b = Math.min(b, performance.now() - t); } return b * 1e3; };
if (process.argv[2]) for (const n of lengths.filter(n => n >= 16 && n <= 320)) {
  const h = n, w = n, k = ks(h, w), p = C.blockPitch(h), re = al(4 * h * w), im = al(4 * h * w), sp = al(C.spectrumBytes(h, w)), sk = al(C.spectrumBytes(h, w)), buf = al(32 * w), tw = tab(w), th = tab(h);
  for (const a of [re, im]) m.floats(a, h * w).fill(0); m.floats(sk, h * w * 2).fill(0);m.floats(sp, h * w * 2).fill(0);
  const f = [() => k.forwardRows(re, im, sp, h / 4, p, buf, tw), () => k.convolveColumns(sp, sk, w / 4, 0, h, th), () => k.inverseRows(re, im, sp, h / 4, p, buf, tw), () => k.forwardColumns(sp, w / 4, 0, h, th), () => k.inverseColumns(sp, w / 4, th)];
  for (let i = 0; i < 200; i++) f.forEach(f => f());
  const N = Math.max(30, Math.ceil(3e6 / n / n));
  const ts = f.map(f => min(f, N)); console.log(n, T.twiddleBytes(n), (transformCost(n) / n).toFixed(2), ts.map(t => (t * 1e3 / n / n).toFixed(2)).join(' '), 'ns/pt; conv total us', (ts[0]! + ts[1]! + ts[2]!).toFixed(1));
}
