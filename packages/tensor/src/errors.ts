/** What an error about an operation's arguments says. */
export interface Complaint {
  /** The operation or function that was called. */
  readonly op: string;
  /** What it needs, in words. */
  readonly expected: string;
  /** What it got. */
  readonly received: string;
  /** One or more whole sentences: where the two differ, and what to change. */
  readonly hint?: string | undefined;
  /** Path of the layer in which the operation ran, such as `model/0_conv2d`. */
  readonly layer?: string | undefined;
}

/**
 * An argument that does not fit. All such errors read alike:
 * `layer: op: expected ...; received .... Hint.`
 */
export abstract class ArgumentError extends Error implements Complaint {
  readonly op: string;
  readonly expected: string;
  readonly received: string;
  readonly hint: string | undefined;
  readonly layer: string | undefined;

  constructor({ op, expected, received, hint, layer }: Complaint) {
    const where = layer === undefined ? op : `${layer}: ${op}`;
    super(`${where}: expected ${expected}; received ${received}.${hint ? ` ${hint}` : ''}`);
    this.op = op;
    this.expected = expected;
    this.received = received;
    this.hint = hint;
    this.layer = layer;
  }

  /** The same error, naming the layer in which it happened. */
  abstract inLayer(layer: string): ArgumentError;
}

/** Shapes that do not fit an operation. */
export class ShapeError extends ArgumentError {
  override readonly name = 'ShapeError';

  override inLayer(layer: string): ShapeError {
    return new ShapeError({ ...complaintOf(this), layer });
  }
}

/** Element types that do not fit an operation. Gradus never promotes silently. */
export class DTypeError extends ArgumentError {
  override readonly name = 'DTypeError';

  override inLayer(layer: string): DTypeError {
    return new DTypeError({ ...complaintOf(this), layer });
  }
}

/** An option or value out of its range. */
export class OptionError extends ArgumentError {
  override readonly name = 'OptionError';

  override inLayer(layer: string): OptionError {
    return new OptionError({ ...complaintOf(this), layer });
  }
}

function complaintOf({ op, expected, received, hint }: ArgumentError): Complaint {
  return { op, expected, received, hint };
}
