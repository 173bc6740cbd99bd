/** A pixel of a record, so that no two neighbours in a file are alike. */
export function cifar10Pixel(label: number, channel: number, y: number, x: number): number {
  return (label * 41 + channel * 83 + y * 7 + x * 3) % 256;
}

/** The bytes of a file of CIFAR-10 with one image for each label. */
export function cifar10Bytes(labels: readonly number[]): Uint8Array {
  const records = labels.map((label) => {
    const planes = Array.from({ length: 3 * 32 * 32 }, (_, i) =>
      cifar10Pixel(label, Math.floor(i / 1024), Math.floor(i / 32) % 32, i % 32),
    );
    return [label, ...planes];
  });
  return Uint8Array.from(records.flat());
}
