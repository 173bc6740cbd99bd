import { checkTable, isNumeric, type TableRows } from './tableToText';
import { element, type Content, type Markup } from './markup';

/** A paragraph of text and elements. */
export function paragraph(...content: Content[]): Markup {
  return element('p', {}, ...content);
}

/** What a figure shows. */
export interface FigureOptions {
  /** The address of the picture, such as `dataUri(encodePng(image), 'image/png')`. */
  readonly src: string;
  /** What the picture shows, for those who cannot see it. */
  readonly alt: string;
  readonly caption?: Content;
}

/** A picture with its caption. */
export function figure({ src, alt, caption }: FigureOptions): Markup {
  const image = element('img', { src, alt });
  const below = caption === undefined ? [] : [element('figcaption', {}, caption)];
  return element('figure', {}, image, ...below);
}

/** Things next to each other as long as the page is wide enough, such as tables that one compares. */
export function sideBySide(...items: Markup[]): Markup {
  return element('div', { class: 'side-by-side' }, ...items);
}

/**
 * A table whose first row holds the headings.
 * @throws ShapeError if there is no row, or rows differ in length.
 */
export function htmlTable(
  rows: TableRows,
  { caption }: { readonly caption?: string } = {},
): Markup {
  checkTable('htmlTable', rows);
  const classes = rows[0]!.map((_, column) => (isNumeric(rows, column) ? 'number' : undefined));
  const row = (name: 'th' | 'td') => (cells: TableRows[number]) =>
    element('tr', {}, ...cells.map((cell, c) => element(name, { class: classes[c] }, cell)));
  return captioned(
    { caption },
    element('thead', {}, row('th')(rows[0]!)),
    element('tbody', {}, ...rows.slice(1).map(row('td'))),
  );
}

/** What a table is called and how it looks. */
export interface TableStyle {
  readonly caption: string | undefined;
  readonly className?: string;
}

/** A table that can be scrolled sideways where it is wider than the page. */
export function captioned({ caption, className }: TableStyle, ...parts: Markup[]): Markup {
  const head = caption === undefined ? [] : [element('caption', {}, caption)];
  const table = element('table', { class: className }, ...head, ...parts);
  return element('div', { class: 'scroll' }, table);
}
