/** A name that an object of a JSON text has twice. */
export interface RepeatedKey {
  readonly key: string;
  /** The place of the second, in characters. */
  readonly at: number;
}

/**
 * The first name that an object has twice, which JSON.parse would pass over: the last one wins there.
 * @param json a text that JSON.parse accepts.
 */
export function repeatedKey(json: string): RepeatedKey | undefined {
  const open: Set<string>[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at]!;
    if (character === '{' || character === '[') open.push(new Set());
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(json, at);
      if (isKey(json, end)) {
        const key = JSON.parse(json.slice(at, end)) as string;
        if (open.at(-1)!.has(key)) return { key, at };
        open.at(-1)!.add(key);
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** The place after the closing quotation mark. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isKey(json: string, end: number): boolean {
  let at = end;
  while (' \t\n\r'.includes(json[at] ?? '?')) at++;
  return json[at] === ':';
}
