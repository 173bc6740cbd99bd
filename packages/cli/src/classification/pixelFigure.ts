import { viz } from 'gradus';

/** Pixels on the page that the longer side of a small picture is enlarged to, about. */
const shownSize = 112;

/** A small picture, enlarged so that one sees its pixels, with a line below; as wide as the picture. */
export function pixelFigure(
  picture: viz.Picture,
  { alt, caption }: { readonly alt: string; readonly caption?: string },
): viz.Markup {
  const [height, width] = picture.shape as [number, number];
  const factor = Math.max(1, Math.round(shownSize / Math.max(height, width)));
  const shown = Math.min(width * factor, 2 * shownSize);
  const src = viz.dataUri(viz.encodePng(picture), 'image/png');
  const style = `width:${shown}px;image-rendering:pixelated`;
  const image = viz.element('img', { src, alt, style });
  const below =
    caption === undefined
      ? []
      : [
          viz.element(
            'figcaption',
            { style: `max-width:${Math.max(shown, shownSize)}px` },
            caption,
          ),
        ];
  return viz.element('div', {}, image, ...below);
}
