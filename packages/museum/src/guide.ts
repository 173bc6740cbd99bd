import type { Exhibit } from './exhibit';

/** What became of one exhibit. */
export interface Visit {
  readonly exhibit: Exhibit;
  /** The messages of the laws that caught it, by their names. */
  readonly caught: ReadonlyMap<string, string>;
  /** The laws that should have caught it and did not. */
  readonly missed: readonly string[];
}

/** Tries the published laws on an exhibit. */
export function visit(exhibit: Exhibit): Visit {
  const caught = new Map(
    exhibit
      .examine('wrong')
      .flatMap(({ law, error }) => (error === undefined ? [] : [[law, error.message] as const])),
  );
  return { exhibit, caught, missed: exhibit.caughtBy.filter((law) => !caught.has(law)) };
}

/** A table: each exhibit, whose error it was, and what caught it. */
export function tableOf(visits: readonly Visit[]): string {
  const rows = visits.map(({ exhibit, caught, missed }) => {
    const others = caught.size - exhibit.caughtBy.length + missed.length;
    return {
      left: [`${String(exhibit.entry).padStart(2)}  ${exhibit.title}`, `    ${exhibit.source}`],
      right: [
        ...exhibit.caughtBy.map((law) => (missed.includes(law) ? `NOT caught by ${law}` : law)),
        ...(others > 0 ? [`and ${others} more`] : []),
      ],
    };
  });
  const width = Math.max(...rows.flatMap(({ left }) => left.map((line) => line.length)));
  return rows
    .map(({ left, right }) =>
      Array.from({ length: Math.max(left.length, right.length) }, (_, i) =>
        `${(left[i] ?? '').padEnd(width)}   ${right[i] ?? ''}`.trimEnd(),
      ).join('\n'),
    )
    .join('\n\n');
}

/** All about one exhibit: what was wrong, and how each law that must catch it says so. */
export function labelOf({ exhibit, caught, missed }: Visit): string {
  const { entry, title, source, error, caughtBy } = exhibit;
  const messages = caughtBy.map((law) => caught.get(law) ?? `NOT caught by ${law}.`);
  const others = [...caught.keys()].filter((law) => !caughtBy.includes(law));
  return [
    `${entry}  ${title}`,
    source,
    error,
    ...messages.map((message) => message.trimEnd()),
    ...(others.length > 0 && missed.length === 0 ? [`Also caught by ${others.join(', ')}.`] : []),
  ].join('\n\n');
}

/** What is printed, and how the program ends. */
export interface Guided {
  readonly text: string;
  /** 0: all were caught; 1: some were not; 2: there is no such entry. */
  readonly exitCode: 0 | 1 | 2;
}

/** Shows the exhibits of some entries at length, or all of them in a table. */
export function guide(exhibits: readonly Exhibit[], wanted: readonly string[]): Guided {
  const entries = [...new Set(exhibits.map(({ entry }) => entry))];
  const unknown = wanted.find((entry) => !entries.some((known) => String(known) === entry));
  if (unknown !== undefined) {
    const text = `museum: expected some of ${entries.join(', ')}; received '${unknown}'.`;
    return { text, exitCode: 2 };
  }
  const visits = exhibits
    .filter(({ entry }) => wanted.length === 0 || wanted.includes(String(entry)))
    .map(visit);
  const shown = wanted.length === 0 ? tableOf(visits) : visits.map(labelOf).join('\n\n\n');
  const escaped = visits.filter(({ missed }) => missed.length > 0).length;
  const total = `${visits.length} ${visits.length === 1 ? 'exhibit' : 'exhibits'}`;
  const end = escaped === 0 ? 'all caught' : `${escaped} not caught by a law that must catch it`;
  return { text: `${shown}\n\n${total}, ${end}.`, exitCode: escaped === 0 ? 0 : 1 };
}
