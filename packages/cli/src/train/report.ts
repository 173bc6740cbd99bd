import { viz, type Model } from 'gradus';
import { version } from '../../package.json';
import { firstFilters } from '../classification/firstFilters';
import type { Samples } from '../classification/imageData';
import { sizeText, type ModelSource } from '../classification/modelSource';
import { assessmentSections } from '../classification/reportSections';
import type { TrainingState } from './history';
import { summaryRows } from './lines';

/** What the page shows besides the numbers. */
export interface ReportSubjects {
  readonly model: Model;
  readonly source: ModelSource;
  readonly test: Samples | undefined;
}

/** One self-contained page that shows how a training went and what came of it. */
export function reportPage(state: TrainingState, { model, test }: ReportSubjects): string {
  const { settings, records, counts } = state;
  const filters = firstFilters(model);
  return viz.htmlPage({
    title: `Training ${settings.model} on ${settings.data}`,
    introduction: introductionOf(state),
    sections: [
      { heading: 'How well', content: [viz.htmlTable(summaryRows(state))] },
      ...(records.length > 0 ? [{ heading: 'Epoch by epoch', content: [curves(state)] }] : []),
      ...(state.test === undefined || test === undefined
        ? []
        : assessmentSections({
            x: test.x,
            assessment: state.test,
            classNames: counts.classNames,
          })),
      ...(filters === undefined
        ? []
        : [{ heading: "The first layer's filters", content: filters }]),
      { heading: 'The network', content: [viz.element('pre', {}, model.summary())] },
      { heading: 'Settings', content: [settingsTable(state)] },
    ],
  });
}

function introductionOf({
  interrupted,
  settings,
  counts,
  records,
  parameters,
  test,
}: TrainingState): string {
  const stopped = interrupted ? 'Interrupted: this is what was reached. ' : '';
  const right =
    test === undefined
      ? ''
      : ` Of ${counts.test} images that it had not seen it knew ${(100 * test.accuracy).toFixed(2)} %.`;
  return (
    `${stopped}A network of ${parameters.toLocaleString('en-US')} weights was shown ${counts.train} ` +
    `images of ${counts.classNames.length} classes (${settings.data}, ${sizeText(counts.shape)}) in ` +
    `${records.length} epoch${records.length === 1 ? '' : 's'}.${right}`
  );
}

function curves({ records, counts }: TrainingState): viz.Markup {
  const column = (name: 'loss' | 'accuracy' | 'validationLoss' | 'validationAccuracy'): number[] =>
    records.map((record) => record[name] ?? NaN);
  const picture = viz.historyPlot({
    epoch: records.map(({ epoch }) => epoch - 1),
    history: {
      loss: column('loss'),
      accuracy: column('accuracy'),
      ...(counts.validation > 0 && {
        val_loss: column('validationLoss'),
        val_accuracy: column('validationAccuracy'),
      }),
    },
  });
  return viz.figure({
    src: viz.dataUri(picture, 'image/svg+xml'),
    alt: 'Loss and accuracy of each epoch',
    caption: 'In training they are means over the steps of an epoch, as before each step.',
  });
}

function settingsTable({ settings, seconds }: TrainingState): viz.Markup {
  const rows = Object.entries({ ...settings, seconds: seconds.toFixed(1), gradus: version })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)]);
  return viz.htmlTable([['setting', 'value'], ...rows]);
}
