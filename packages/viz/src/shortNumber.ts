/** A number with three significant digits, in exponent form below 0.001 and from 100000. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  const rounded = Number(value.toPrecision(3));
  if (rounded === 0) return '0';
  if (Number.isFinite(size) && (size < 1e-3 || size >= 1e5)) {
    const [digits, exponent] = value.toExponential(2).split('e');
    return `${Number(digits)}e${Number(exponent)}`;
  }
  return String(rounded);
}
