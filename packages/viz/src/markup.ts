/**
 * A piece of HTML or SVG. Only `element` and `raw` make one, so that a plain string between elements
 * is known to be text, and is escaped.
 */
export class Markup {
  /** @param text finished markup; nothing in it is escaped any more. */
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** What may stand inside an element: text, numbers and further elements. */
export type Content = Markup | string | number;

/** Attributes by name; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Elements of HTML and SVG that are written without an end tag when they are empty. */
const selfClosing = new Set(['img', 'meta', 'br', 'rect', 'circle', 'line', 'path']);

/**
 * An element with its attributes and content, well-formed both as HTML and as XML. Text is escaped.
 */
export function element(name: string, attributes: Attributes, ...content: Content[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('');
  if (content.length === 0 && selfClosing.has(name)) return new Markup(`<${name}${written}/>`);
  return new Markup(`<${name}${written}>${content.map(textOf).join('')}</${name}>`);
}

function textOf(content: Content): string {
  return content instanceof Markup ? content.text : escapeText(String(content));
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text as it is written between tags and in attributes. Control characters, which XML forbids even
 * in escaped form, and halves of surrogate pairs become the replacement character.
 */
export function escapeText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (character) => escapes[character]!);
}
