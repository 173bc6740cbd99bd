/** Numbers known at the end of a batch or epoch, such as `loss` and `val_loss`. */
export type Logs = Readonly<Record<string, number>>;

/** The means of logs, in which a batch counts by its samples: the last one may be smaller. */
export class MeanLogs {
  private readonly totals = new Map<string, number>();
  private weight = 0;

  add(logs: Logs, weight: number): void {
    for (const [name, value] of Object.entries(logs)) {
      this.totals.set(name, (this.totals.get(name) ?? 0) + value * weight);
    }
    this.weight += weight;
  }

  get value(): Logs {
    return Object.fromEntries([...this.totals].map(([name, total]) => [name, total / this.weight]));
  }
}
