/** Longer lines, such as those that repeat a very long name, are cut in the middle. */
const longest = 1000;

/**
 * A message as one line that a terminal can show: line ends become spaces, other control characters,
 * which names of files may hold, question marks.
 */
export function oneLine(message: string): string {
  const line = message
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\p{Cc}/gu, '?');
  if (line.length <= longest) return line;
  return `${line.slice(0, longest / 2)} ... ${line.slice(-longest / 2)}`;
}
