/** Does something with each item, with so many at a time. */
export async function inParallel<T>(
  items: readonly T[],
  jobs: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    // All workers take from the one iterator.
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
}
