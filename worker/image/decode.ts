import sharp, { type Metadata, type Sharp } from 'sharp';
import type { SourceFile } from '#worker/page/protocol.ts';
import { isBlank, type Pixels, toGray } from '#worker/page/raster.ts';
import { decodeDeep, isDeep } from './deep.ts';
import { faxEndsEarly } from './fax/tiff.ts';
import { type ImagePage, message } from './metadata.ts';

/** What a reader of a picture should know whose pixels are not all there. */
export const DAMAGED = 'The picture is damaged in part; what stood there is missing.';

/** Takes what there is of a picture, unless its file breaks off; `damaged` where not all of it is right. */
export async function decode(
  source: SourceFile,
  page: number,
  { metadata, options }: ImagePage,
): Promise<{ pixels: Pixels; damaged: boolean }> {
  const ignoreIcc = isOfUsualTones(metadata);
  const attempt = (failOn: 'warning' | 'error' | 'none') =>
    decodeSeen(sharp(source.path, { ...options, failOn, ignoreIcc }), metadata);
  if (source.type === 'image/jpeg') {
    const whole = await attempt('warning').catch(() => null);
    return { pixels: whole ?? (await attempt('error')), damaged: whole === null };
  }
  const pixels = await attempt('error').catch((error) => {
    if (!isOfOtherPages(error)) throw error;
    return attempt('none');
  });
  const isTiff = source.type === 'image/tiff';
  return { pixels, damaged: isTiff && (await faxEndsEarly(source.path, page)) };
}

/** How the profile of a picture names itself that leaves its levels what they are, or nearly. */
const USUAL_TONES = /sRGB|sGray|Gray Gamma 2\.2/;

/** Whether its profile may be left out: applying it takes three times what decoding does. */
function isOfUsualTones({ icc }: Metadata): boolean {
  // Names are of one byte a letter, or of two.
  return icc !== undefined && USUAL_TONES.test(icc.toString('latin1').replaceAll('\0', ''));
}

/** What libtiff says where the list of pages breaks off after one that is whole. */
const OTHER_PAGES =
  /bad seek to|Seek error accessing TIFF directory|[Ff]ailed to read directory|read TIFF directory/;

function isOfOtherPages(error: unknown): boolean {
  const lines = message(error).split('\n').filter(Boolean);
  return lines.length > 0 && lines.every((line) => OTHER_PAGES.test(line));
}

/** On white; what would not be seen there on black, or as it is where all of it is transparent. */
async function decodeSeen(image: Sharp, metadata: Metadata): Promise<Pixels> {
  const onWhite = await decodeOn(image, metadata, 'white');
  if (!metadata.hasAlpha || !isEmpty(onWhite)) return onWhite;
  const onBlack = await decodeOn(image, metadata, 'black');
  if (!isEmpty(onBlack)) return onBlack;
  return decodeOn(image, metadata, null);
}

function isEmpty(pixels: Pixels): boolean {
  return isBlank({ ...pixels, data: toGray(pixels), dpi: 0 });
}

/** `background` null: its colours whether they are transparent or not. */
async function decodeOn(
  image: Sharp,
  metadata: Metadata,
  background: string | null,
): Promise<Pixels> {
  const upright = image.clone().autoOrient();
  const flat = background ? upright.flatten({ background }) : upright.removeAlpha();
  if (isDeep(metadata)) return decodeDeep(flat, metadata);
  const { data, info } = await flat
    .toColourspace(metadata.space === 'b-w' ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    data,
    width: info.width,
    height: info.height,
    channels: info.channels as Pixels['channels'],
  };
}
