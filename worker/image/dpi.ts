/** Resolutions that a scanner or a camera writes. */
const LEAST_DPI = 50;
const MOST_DPI = 2_400;
/** Screens and cameras write these whatever the picture shows. */
const MEANINGLESS = new Set([72, 96]);
/** Long and short side of A4, inches. */
const A4 = { long: 11.69, short: 8.27 };
/** A small picture is a cutting of a page or a screen, whose letters are of usual size. */
const SMALL_PICTURE_DPI = 75;
/** A page is no longer than this, inches. */
const LONGEST_PAGE = 34;

/** Pixels per inch of a picture: as its file says where that can be, else as if it filled an A4 page. */
export function imageDpi(
  density: number | undefined,
  size: { width: number; height: number },
): number {
  const long = Math.max(size.width, size.height);
  const short = Math.min(size.width, size.height);
  const fitted = Math.max(SMALL_PICTURE_DPI, long / A4.long, short / A4.short);
  if (density === undefined || density < LEAST_DPI || density > MOST_DPI) return fitted;
  if (MEANINGLESS.has(Math.round(density)) || long / density > LONGEST_PAGE) return fitted;
  return density;
}
