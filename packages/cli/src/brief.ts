/** Three digits, at most 9 characters, or a dash for what was not measured. */
export function brief(value: number): string {
  if (Number.isNaN(value)) return '-';
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size < 1e-3 || size >= 1e4 ? value.toExponential(2) : value.toPrecision(3);
}
