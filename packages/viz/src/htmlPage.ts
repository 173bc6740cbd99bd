import { paragraph } from './htmlParts';
import { element, Markup, type Content } from './markup';
import { pageStyle } from './pageStyle';

/** A part of a page under a heading of its own. */
export interface Section {
  readonly heading: string;
  /** Elements in their order; text becomes a paragraph. */
  readonly content: readonly Content[];
}

/** A page: its heading and its parts. */
export interface HtmlPageOptions {
  readonly title: string;
  /** A sentence or two below the title. */
  readonly introduction?: Content;
  readonly sections: readonly Section[];
  /** The language of the text (BCP 47); default `en-GB`. */
  readonly language?: string;
}

/**
 * A self-contained page of HTML: it loads nothing, and forbids the browser to. All text is escaped;
 * it follows the reader's choice of light or dark.
 */
export function htmlPage(options: HtmlPageOptions): string {
  const { title, introduction, sections, language = 'en-GB' } = options;
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: contentPolicy }),
    element('title', {}, title),
    element('style', {}, pageStyle),
  );
  const lead = introduction === undefined ? [] : [element('p', { class: 'lead' }, introduction)];
  const body = element(
    'body',
    {},
    element('header', {}, element('h1', {}, title), ...lead),
    element('main', {}, ...sections.map(sectionOf)),
  );
  return `<!doctype html>\n${element('html', { lang: language }, head, body).text}\n`;
}

const contentPolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

function sectionOf({ heading, content }: Section): Markup {
  const parts = content.map((part) => (part instanceof Markup ? part : paragraph(part)));
  return element('section', {}, element('h2', {}, heading), ...parts);
}
