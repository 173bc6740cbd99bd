import type { Tensor } from '@gradus/tensor';

/**
 * How steeply the power of square images falls with frequency: the exponent of the power law that
 * fits best between 3 and `size / 4` periods per image. The power is averaged over images and
 * directions; a Hann window keeps the images' borders from adding power of their own.
 */
export function spectralSlope(images: Tensor): number {
  const [count, size] = [images.shape[0]!, images.shape[1]!];
  const values = images.toTypedArray();
  const power = new Float64Array(size / 4 + 1);
  const members = new Float64Array(size / 4 + 1);
  for (let i = 0; i < count; i++) {
    const pixels = values.subarray(i * size * size, (i + 1) * size * size);
    addPower(windowed(pixels, size), size, { power, members });
  }
  const points: [number, number][] = [];
  for (let k = 3; k < power.length; k++) {
    points.push([Math.log(k), Math.log(power[k]! / members[k]!)]);
  }
  return fittedSlope(points);
}

function windowed(pixels: ArrayLike<number>, size: number): Float64Array {
  const mean = Array.from(pixels).reduce((sum, x) => sum + x, 0) / pixels.length;
  const hann = (i: number): number => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size);
  return Float64Array.from(
    { length: size * size },
    (_, i) => (pixels[i]! - mean) * hann(i % size) * hann(Math.floor(i / size)),
  );
}

/** Sums the Fourier transform's squares by whole radius; half of the plane is enough. */
function addPower(
  image: Float64Array,
  size: number,
  { power, members }: { readonly power: Float64Array; readonly members: Float64Array },
): void {
  const reach = power.length - 1;
  const cosine = Float64Array.from({ length: size }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const sine = Float64Array.from({ length: size }, (_, i) => Math.sin((2 * Math.PI * i) / size));
  for (let u = 0; u <= reach; u++) {
    const [real, imaginary] = [new Float64Array(size), new Float64Array(size)];
    for (let i = 0; i < image.length; i++) {
      const row = Math.floor(i / size);
      const phase = (u * (i % size)) % size;
      real[row]! += image[i]! * cosine[phase]!;
      imaginary[row]! -= image[i]! * sine[phase]!;
    }
    for (let v = -reach; v <= reach; v++) {
      const radius = Math.round(Math.hypot(u, v));
      if (radius > reach) continue;
      let [re, im] = [0, 0];
      for (let row = 0; row < size; row++) {
        const phase = (((v * row) % size) + size) % size;
        re += real[row]! * cosine[phase]! + imaginary[row]! * sine[phase]!;
        im += imaginary[row]! * cosine[phase]! - real[row]! * sine[phase]!;
      }
      power[radius]! += re * re + im * im;
      members[radius]! += 1;
    }
  }
}

/** The slope of the straight line through points by least squares. */
function fittedSlope(points: readonly (readonly [number, number])[]): number {
  const mean = (axis: 0 | 1): number =>
    points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [together, alone] = [0, 0];
  for (const [x, y] of points) {
    together += (x - meanX) * (y - meanY);
    alone += (x - meanX) ** 2;
  }
  return together / alone;
}
