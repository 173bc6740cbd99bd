/** The bytes of a file, or its text (UTF-8), as an address that contains it. */
export function dataUri(content: Uint8Array | string, mimeType: string): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return `data:${mimeType};base64,${base64(bytes)}`;
}

/** How many bytes become one argument list: enough to be quick, few enough for any stack. */
const chunkLength = 0x8000;

function base64(bytes: Uint8Array): string {
  let characters = '';
  for (let start = 0; start < bytes.length; start += chunkLength) {
    characters += String.fromCharCode(...bytes.subarray(start, start + chunkLength));
  }
  return btoa(characters);
}
