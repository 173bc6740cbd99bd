/** An element of a document, with what it contains. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

const token = /<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const attribute = /([\w:-]+)="([^"]*)"/g;

/** Reads one well-formed element; throws where it is not. A document type before it is skipped. */
export function parseXml(text: string): XmlElement {
  const source = text.replace(/^<!doctype html>/, '').trim();
  const root: { children: (XmlElement | string)[] } = { children: [] };
  const open: { name: string; children: (XmlElement | string)[] }[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (match === null) throw new Error(`not well-formed: ${source.slice(at, at + 40)}`);
    const [, closing, name, attributes, empty, characters] = match;
    const parent = (open.at(-1) ?? root).children;
    if (characters !== undefined) parent.push(unescape(characters));
    else if (closing) {
      const opened = open.pop();
      if (opened?.name !== name) throw new Error(`</${name}> closes <${opened?.name}>`);
    } else {
      const child = { name: name!, attributes: readAttributes(attributes!), children: [] };
      parent.push(child);
      if (!empty) open.push(child);
    }
  }
  const [only, ...others] = root.children;
  if (open.length > 0 || others.length > 0 || typeof only !== 'object') {
    throw new Error('not one element');
  }
  return only;
}

/** All elements of a name, in the order of the document. */
export function elementsOf(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.flatMap((child) =>
    typeof child === 'string'
      ? []
      : [...(child.name === name ? [child] : []), ...elementsOf(child, name)],
  );
}

/** The text in an element. */
export function textOf(parent: XmlElement): string {
  return parent.children
    .map((child) => (typeof child === 'string' ? child : textOf(child)))
    .join('');
}

function readAttributes(text: string): Record<string, string> {
  const pairs = [...text.matchAll(attribute)].map((match) => [match[1]!, unescape(match[2]!)]);
  const names = pairs.map(([name]) => name);
  if (new Set(names).size < names.length) throw new Error(`twice the same attribute: ${text}`);
  return Object.fromEntries(pairs) as Record<string, string>;
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function unescape(text: string): string {
  return text.replace(/&[^;]*;?/g, (entity) => {
    const character = entities[entity];
    if (character === undefined) throw new Error(`unknown entity ${entity}`);
    return character;
  });
}
