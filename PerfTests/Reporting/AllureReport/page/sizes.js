// Formats a parameter that holds sizes in KiB and MiB, whichever unit the parameter's name ends with.

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];
const POWERS = { byte: 0, kibibyte: 1, mebibyte: 2, gibibyte: 3 };
const NAME = /(?:^|_)(byte|kibibyte|mebibyte|gibibyte)s?(?:_?count)?$/i;

/** True for a parameter that holds a size: `kibibytes`, `block_bytes`, `byteCount`. */
export const isSize = (name) => NAME.test(name);

/** Returns a size in bytes. */
export const bytesOf = (name, value) => value * 1024 ** POWERS[NAME.exec(name)[1].toLowerCase()];

/** Formats a size, such as `64 MiB`. */
export function sizeLabel(bytes) {
  const power = bytes >= 1 ? Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1) : 0;
  return `${Number((bytes / 1024 ** power).toPrecision(4)).toLocaleString("en-US")}\u00a0${UNITS[power]}`;
}
