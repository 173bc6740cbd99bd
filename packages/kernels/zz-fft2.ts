import { EngineMemory } from './src/simd/memory/engineMemory';
import { KernelCache } from './src/simd/kernelCache';
import * as C from './src/simd/convolution/fft/columnsKernel';
import * as T from './src/simd/convolution/fft/transform';
const m = new EngineMemory(); const kc = new KernelCache(m);
const al = (b: number) => m.allocate(b).address;
const tab = (n: number) => { const a = al(T.twiddleBytes(n)); (kc.get(`t${n}`, () => [T.twiddlesKernel(n)]) as any).writeTwiddles(a); return a; };
const min = (f: () => void, n: number) => { let b = 1e9; for (let i = 0; i < n; i++) { const t = performance.now(); f(); b = Math.min(b, performance.now() - t); } return b * 1e6; };
for (const n of [48, 64, 96, 128, 192]) for (const shift of [0, 64, 256, 1024, 2048 + 128]) {
  const k: any = kc.get(`c${n}`, () => [C.forwardColumnsKernel(n), C.inverseColumnsKernel(n), C.convolveColumnsKernel(n)]);
  const sp = al(C.spectrumBytes(n, n)), sk = al(C.spectrumBytes(n, n) + 8192) + shift, th = tab(n);
  m.floats(sk, n * n * 2).fill(0); m.floats(sp, n * n * 2).fill(0);
  const f = [() => k.convolveColumns(sp, sk, n / 4, 0, n, th), () => k.forwardColumns(sp, n / 4, 0, n, th), () => k.inverseColumns(sp, n / 4, th), () => k.convolveColumns(sp, sp, n / 4, 0, n, th)];
  for (let i = 0; i < 300; i++) f.forEach(f => f());
  const N = Math.max(60, Math.ceil(6e6 / n / n));
  console.log(n, shift, sp % 4096, sk % 4096, f.map(f => (min(f, N) / n / n).toFixed(2)).join(' '));
}
