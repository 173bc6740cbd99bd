import { OptionError } from '@gradus/tensor';
import { checkText } from '@gradus/tensor/options';

const field = /\{([^{}]*)\}/g;
const spec = /^([^:]+)(?::(0?)(\d*)d?|:\.(\d+)(f|e))?$/;

/** Text with fields such as `{epoch:02d}` and `{val_loss:.3f}`; as in Python, as far as they go. */
export class PathTemplate {
  /** @throws OptionError if a field cannot be read. */
  constructor(
    private readonly op: string,
    private readonly filepath: string,
  ) {
    checkText(op, { filepath });
    for (const [whole, inside] of filepath.matchAll(field)) {
      if (!spec.test(inside!))
        throw this.error('fields such as {epoch:02d} or {val_loss:.3f}', whole);
    }
    const rest = filepath.replaceAll(field, '');
    if (/[{}]/.test(rest)) throw this.error('a closing brace for each opening one', filepath);
  }

  /** @throws OptionError if a field names none of the values. */
  fill(values: Readonly<Record<string, number>>): string {
    return this.filepath.replaceAll(field, (whole, inside: string) => {
      const [, name, zero, width, digits, notation] = spec.exec(inside)!;
      const value = Object.hasOwn(values, name!) ? values[name!] : undefined;
      if (value === undefined) {
        throw this.error(`fields among ${Object.keys(values).join(', ')}`, whole);
      }
      if (notation === 'f') return value.toFixed(Number(digits));
      if (notation === 'e') return value.toExponential(Number(digits));
      return String(value).padStart(Number(width ?? 0), zero ? '0' : ' ');
    });
  }

  private error(expected: string, received: string): OptionError {
    return new OptionError({
      op: this.op,
      expected: `filepath with ${expected}`,
      received: `'${received}'`,
    });
  }
}
