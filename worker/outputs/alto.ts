import type { DocumentRow } from '#db/schema/index.ts';
import {
  type Block,
  type BlockKind,
  type Box,
  isSpaced,
  type Layout,
  type Line,
  PLAIN_KINDS,
} from '#server/pages/layout.ts';
import packageFile from '../../package.json' with { type: 'json' };
import type { FailedPage } from './failed-page.ts';
import type { OutputWriter } from './index.ts';
import { rounded } from './numbers.ts';
import { escapeXml, xmlAttributes } from './xml.ts';

const NAMESPACE = 'http://www.loc.gov/standards/alto/ns-v4#';
const SCHEMA = 'http://www.loc.gov/standards/alto/v4/alto-4-4.xsd';

const BLOCK_KINDS: BlockKind[] = [...PLAIN_KINDS, 'heading', 'table'];

/** ALTO 4.4: boxes in pixels of the upright page from its top left corner, confidences 0–1. */
export const writeAlto: OutputWriter = async function* (document, pages) {
  yield head(document);
  for await (const page of pages) {
    yield 'layout' in page ? pageElement(page.layout) : failedElement(page);
  }
  yield '  </Layout>\n</alto>\n';
};

function head({ fileName, id }: DocumentRow): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="${NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${NAMESPACE} ${SCHEMA}" SCHEMAVERSION="4.4">
  <Description>
    <MeasurementUnit>pixel</MeasurementUnit>
    <sourceImageInformation>
      <fileName>${escapeXml(fileName)}</fileName>
      <documentIdentifier>${id}</documentIdentifier>
    </sourceImageInformation>
    <OCRProcessing ID="OCR_1">
      <ocrProcessingStep>
        <processingSoftware>
          <softwareName>Fanfold</softwareName>
          <softwareVersion>${packageFile.version}</softwareVersion>
        </processingSoftware>
      </ocrProcessingStep>
    </OCRProcessing>
  </Description>
  <Tags>
${BLOCK_KINDS.map((kind) => `    <LayoutTag ID="kind_${kind}" LABEL="${kind}"/>\n`).join('')}  </Tags>
  <Layout>
`;
}

function pageElement({ page, width, height, confidence, blocks }: Layout): string {
  const attributes = xmlAttributes({
    ID: `page_${page}`,
    PHYSICAL_IMG_NR: page,
    WIDTH: width,
    HEIGHT: height,
    PROCESSING: 'OCR_1',
    PC: fraction(confidence),
  });
  const inner = blocks.map((block, index) => blockElement(block, `${page}_${index + 1}`));
  return `    <Page${attributes}>
      <PrintSpace${place([0, 0, width, height])}>
${inner.join('')}      </PrintSpace>
    </Page>
`;
}

function failedElement({ number, error }: FailedPage): string {
  const attributes = xmlAttributes({
    ID: `page_${number}`,
    PHYSICAL_IMG_NR: number,
    QUALITY: 'Missing',
    QUALITY_DETAIL: `${error.code}: ${error.sentence}`,
  });
  return `    <Page${attributes}/>\n`;
}

function blockElement({ kind, box, lines }: Block, id: string): string {
  const inner = lines
    .filter((line) => line.words.length > 0)
    .map((line, index) => lineElement(line, `${id}_${index + 1}`));
  const tags = xmlAttributes({ TAGREFS: `kind_${kind}` });
  return `        <TextBlock ID="block_${id}"${place(box)}${tags}>\n${inner.join('')}        </TextBlock>\n`;
}

function lineElement(line: Line, id: string): string {
  const { words, baseline } = line;
  const points = baseline?.map((value) => rounded(value, 1));
  const attributes = xmlAttributes({
    BASELINE: points ? `${points[0]},${points[1]} ${points[2]},${points[3]}` : null,
  });
  const strings = words.map(({ box, text, confidence }, index) => {
    const content = xmlAttributes({ CONTENT: text, WC: fraction(confidence) });
    const string = `            <String ID="word_${id}_${index + 1}"${place(box)}${content}/>\n`;
    const next = words[index + 1];
    return next && isSpaced(text, next.text) ? string + space(box, next.box) : string;
  });
  return `          <TextLine ID="line_${id}"${place(line.box)}${attributes}>\n${strings.join('')}          </TextLine>\n`;
}

/** What lies between two words, whichever of them comes first on the page. */
function space(one: Box, other: Box): string {
  const from = Math.min(one[2], other[2]);
  const to = Math.max(one[0], other[0]);
  const attributes = { HPOS: rounded(from, 1), VPOS: rounded(one[1], 1) };
  return `            <SP${xmlAttributes({ ...attributes, WIDTH: rounded(Math.max(0, to - from), 1) })}/>\n`;
}

function place([x0, y0, x1, y1]: Box): string {
  return xmlAttributes({
    HPOS: rounded(x0, 1),
    VPOS: rounded(y0, 1),
    WIDTH: rounded(x1 - x0, 1),
    HEIGHT: rounded(y1 - y0, 1),
  });
}

function fraction(confidence: number | null): number | null {
  return confidence === null ? null : rounded(confidence / 100, 4);
}
