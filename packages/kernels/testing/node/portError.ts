/** A program that did not answer as it should: which one, what it was asked, and what it did. */
export class PortError extends Error {
  override readonly name = 'PortError';
  /** The program, as its user named it. */
  readonly port: string;
  /** The operation and the shapes it was asked for. */
  readonly question: string;

  constructor(
    { port, question }: { readonly port: string; readonly question: string },
    what: string,
    options?: ErrorOptions,
  ) {
    super(`${port}: ${question}: ${what}`, options);
    this.port = port;
    this.question = question;
  }
}
