/**
 * The numbers of a matrix as texts of one form and at most `maxLength` characters: whole numbers as
 * such, otherwise with as many decimals as fit, or in exponent form where decimals would not show
 * the largest of them to 5 %. `undefined` if no form fits.
 */
export function cellNumbers(
  values: ArrayLike<number>,
  maxLength: number,
  mostDecimals = 3,
): readonly string[] | undefined {
  const numbers = Array.from(values);
  const finite = numbers.filter(Number.isFinite);
  const largest = finite.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  const decimals = finite.every(Number.isInteger) ? 0 : mostDecimals;
  for (const form of formsUpTo(decimals)) {
    const hidden = Math.abs(Number(form(largest)) - largest) > 0.05 * Math.abs(largest);
    // Two digits always show it; written out, the largest numbers of all would round to infinity.
    if (hidden && form !== exponent) continue;
    const texts = numbers.map((value) => (Number.isFinite(value) ? form(value) : nameOf(value)));
    if (texts.every((text) => text.length <= maxLength)) return texts;
  }
  return undefined;
}

/** The value with a fixed number of decimals, and no sign if nothing but zeros is left of it. */
function withDecimals(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/^-(?=[0.]*$)/, '');
}

type Form = (value: number) => string;

const exponent: Form = (value) =>
  value === 0 ? '0' : value.toExponential(1).replace('.0', '').replace('+', '');

function formsUpTo(decimals: number): Form[] {
  const fixed = Array.from({ length: decimals + 1 }, (_, fewer): Form => {
    return (value) => withDecimals(value, decimals - fewer);
  });
  return [...fixed, exponent];
}

function nameOf(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'inf' : '-inf';
}
