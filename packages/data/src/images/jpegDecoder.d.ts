/** jpeg-js 0.4 without its encoder; the package declares types for the whole of it only. */
declare module 'jpeg-js/lib/decoder' {
  import { decode } from 'jpeg-js';

  export = decode;
}
