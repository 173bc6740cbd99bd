import { viz, type Tensor } from 'gradus';

/** With more classes a table of numbers is too wide to be read. */
const mostNumbered = 20;

/** How often each class (row) was taken for each (column): right is green, wrong red. */
export function confusionTable(
  confusion: Tensor<'int32'>,
  classNames: readonly string[],
): viz.Content[] {
  if (classNames.length > mostNumbered) return [confusionPicture(confusion)];
  const rows = confusion.toArray() as number[][];
  const header = viz.element(
    'tr',
    {},
    viz.element('th', {}, 'is \\ taken for'),
    ...classNames.map((name) => viz.element('th', { class: 'number' }, name)),
  );
  const body = rows.map((row, truth) => {
    const images = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count, taken) => {
      const style = styleOf(count / Math.max(images, 1), truth === taken);
      return viz.element('td', { class: 'number', style }, count === 0 ? '' : count);
    });
    return viz.element('tr', {}, viz.element('th', {}, classNames[truth]!), ...cells);
  });
  const table = viz.element(
    'table',
    {},
    viz.element('thead', {}, header),
    viz.element('tbody', {}, ...body),
  );
  return [viz.element('div', { class: 'scroll' }, table)];
}

/** The stronger the colour, the larger the part of the row; few mistakes must be seen, too. */
function styleOf(part: number, isRight: boolean): string | undefined {
  if (part === 0) return undefined;
  const strength = isRight ? 0.15 + 0.45 * part : Math.min(0.15 + 2 * part, 0.75);
  return `background:rgba(${isRight ? '46,160,67' : '218,54,51'},${strength.toFixed(2)})`;
}

/** Many classes as squares: a row for each class, a column for what it was taken for. */
function confusionPicture(confusion: Tensor<'int32'>): viz.Markup {
  const classes = confusion.shape[0]!;
  const cellSize = Math.max(1, Math.floor(640 / classes));
  const picture = viz.encodePng(viz.heatMap(confusion, { cellSize }));
  return viz.figure({
    src: viz.dataUri(picture, 'image/png'),
    alt: 'The confusion matrix',
    caption: 'A row for each class, a column for what its images were taken for.',
  });
}
