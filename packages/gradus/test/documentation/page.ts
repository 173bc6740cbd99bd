/** The program on one page of documentation: its `ts` blocks, in order. */
export interface Page {
  /** Where the page lies, as messages name it. */
  readonly path: string;
  /** Every block. Line n of this text is line n of the page; prose is blank. */
  readonly text: string;
  /** The same without the blocks marked `no-run`. */
  readonly runnable: string;
  /** What the `// →` comments of the runnable blocks say is printed. */
  readonly expected: readonly PrintedLine[];
}

export interface PrintedLine {
  readonly line: number;
  readonly text: string;
}

/** Finds the `ts` blocks of a page. */
export function readPage(path: string, markdown: string): Page {
  const text: string[] = [];
  const runnable: string[] = [];
  let fence: 'prose' | 'run' | 'no-run' | 'other' = 'prose';
  markdown.split('\n').forEach((line, index) => {
    const opening = /^\s*```(.*)$/.exec(line)?.[1]?.trim();
    if (opening !== undefined) {
      fence = fence === 'prose' ? kindOf(opening, `${path}:${index + 1}`) : 'prose';
    }
    const inBlock = opening === undefined;
    text.push(inBlock && (fence === 'run' || fence === 'no-run') ? line : '');
    runnable.push(inBlock && fence === 'run' ? line : '');
  });
  return {
    path,
    text: text.join('\n'),
    runnable: runnable.join('\n'),
    expected: runnable.flatMap(expectedOn),
  };
}

function kindOf(opening: string, place: string): 'run' | 'no-run' | 'other' {
  const [language, ...words] = opening.split(/\s+/);
  if (language !== 'ts') return 'other';
  if (words.length === 0) return 'run';
  if (words.length === 1 && words[0] === 'no-run') return 'no-run';
  throw new Error(`${place}: expected \`\`\`ts or \`\`\`ts no-run; received \`\`\`${opening}`);
}

function expectedOn(line: string, index: number): PrintedLine[] {
  const text = /\/\/ →(.*)$/.exec(line)?.[1];
  return text === undefined ? [] : [{ line: index + 1, text: text.trim() }];
}
