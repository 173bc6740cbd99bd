/** Numbers known at the end of a batch or epoch, such as `loss` and `val_loss`. */
export type Logs = Readonly<Record<string, number>>;
