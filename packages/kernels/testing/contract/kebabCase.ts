/** The name of a kernel as names of laws have it: `map exp` as `map-exp`, `conv2d` as it is. */
export function inKebabCase(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll(' ', '-')
    .toLowerCase();
}
