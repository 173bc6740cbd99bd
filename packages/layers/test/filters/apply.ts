import type { Tensor } from '@gradus/tensor';

/** Height and width of a kernel. */
export function sizeOfKernel({ shape }: Tensor): readonly [height: number, width: number] {
  return [shape[0]!, shape[1]!];
}

/** The response of a kernel that lies on an image, a function of x and y from the kernel's centre. */
export function responseTo(kernel: Tensor, image: (x: number, y: number) => number): number {
  const [height, width] = sizeOfKernel(kernel);
  let total = 0;
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      total += kernel.at(i, j) * image(j - (width - 1) / 2, i - (height - 1) / 2);
    }
  }
  return total;
}
