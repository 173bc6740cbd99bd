import { linear, type Rgb } from './rgb';

/**
 * A colour in polar CIELAB: magnitude M, saturation s and hue h (both angles). Moreland,
 * "Diverging Color Maps for Scientific Visualization", ISVC 2009, section 4.
 */
export type Msh = readonly [magnitude: number, saturation: number, hue: number];

/** XYZ of the white of screens (D65), which CIELAB divides by. */
const white = [0.95047, 1, 1.08883] as const;

export function mshOf(color: Rgb): Msh {
  const [red, green, blue] = [linear(color[0]), linear(color[1]), linear(color[2])];
  const x = 0.4124564 * red + 0.3575761 * green + 0.1804375 * blue;
  const y = 0.2126729 * red + 0.7151522 * green + 0.072175 * blue;
  const z = 0.0193339 * red + 0.119192 * green + 0.9503041 * blue;
  const [fx, fy, fz] = [compress(x / white[0]), compress(y / white[1]), compress(z / white[2])];
  const [l, a, b] = [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
  const magnitude = Math.hypot(l, a, b);
  return [magnitude, magnitude > 0 ? Math.acos(l / magnitude) : 0, Math.atan2(b, a)];
}

/** The nearest colour that a screen can show. */
export function rgbOf([magnitude, saturation, hue]: Msh): Rgb {
  const l = magnitude * Math.cos(saturation);
  const a = magnitude * Math.sin(saturation) * Math.cos(hue);
  const b = magnitude * Math.sin(saturation) * Math.sin(hue);
  const fy = (l + 16) / 116;
  const x = white[0] * expand(fy + a / 500);
  const y = white[1] * expand(fy);
  const z = white[2] * expand(fy - b / 200);
  return [
    channel(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
    channel(-0.969266 * x + 1.8760108 * y + 0.041556 * z),
    channel(0.0556434 * x - 0.2040259 * y + 1.0572252 * z),
  ];
}

/** CIELAB's cube root, which is a straight line near black (CIE 15:2004). */
function compress(t: number): number {
  return t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29;
}

function expand(t: number): number {
  return t > 6 / 29 ? t ** 3 : 3 * (6 / 29) ** 2 * (t - 4 / 29);
}

function channel(light: number): number {
  const c = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, c)));
}
