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
  /** Programs in other languages, blocks such as `python port.py`: the page's program runs them. */
  readonly files: readonly PageFile[];
}

export interface PrintedLine {
  readonly line: number;
  readonly text: string;
}

/** A block that is a file of its own. */
export interface PageFile {
  readonly name: string;
  readonly text: string;
  /** The command that runs such files. */
  readonly interpreter: string;
}

/** The commands that run the languages of the pages. */
const interpreters: Readonly<Record<string, string>> = { python: 'python3', perl: 'perl' };

type Block =
  | { readonly kind: 'prose' | 'run' | 'no-run' | 'other' }
  | { readonly kind: 'file'; readonly name: string; readonly interpreter: string };

/** Finds the `ts` blocks of a page, and the files. */
export function readPage(path: string, markdown: string): Page {
  const text: string[] = [];
  const runnable: string[] = [];
  const files = new Map<string, PageFile>();
  let block: Block = { kind: 'prose' };
  markdown.split('\n').forEach((line, index) => {
    const opening = /^\s*```(.*)$/.exec(line)?.[1]?.trim();
    if (opening !== undefined) {
      block = block.kind === 'prose' ? blockOf(opening, `${path}:${index + 1}`) : { kind: 'prose' };
    }
    const inBlock = opening === undefined;
    text.push(inBlock && (block.kind === 'run' || block.kind === 'no-run') ? line : '');
    runnable.push(inBlock && block.kind === 'run' ? line : '');
    if (block.kind !== 'file') return;
    const { name, interpreter } = block;
    const before = files.get(name)?.text ?? '';
    files.set(name, { name, interpreter, text: inBlock ? `${before}${line}\n` : before });
  });
  return {
    path,
    text: text.join('\n'),
    runnable: runnable.join('\n'),
    expected: runnable.flatMap(expectedOn),
    files: [...files.values()],
  };
}

function blockOf(opening: string, place: string): Block {
  const [language = '', ...words] = opening.split(/\s+/);
  const interpreter = interpreters[language];
  if (interpreter !== undefined && words.length === 1) {
    return { kind: 'file', name: words[0]!, interpreter };
  }
  if (language !== 'ts') return { kind: 'other' };
  if (words.length === 0) return { kind: 'run' };
  if (words.length === 1 && words[0] === 'no-run') return { kind: 'no-run' };
  throw new Error(`${place}: expected \`\`\`ts or \`\`\`ts no-run; received \`\`\`${opening}`);
}

function expectedOn(line: string, index: number): PrintedLine[] {
  const text = /\/\/ →(.*)$/.exec(line)?.[1];
  return text === undefined ? [] : [{ line: index + 1, text: text.trim() }];
}
