import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { buildBlocks } from '#fixtures/layouts.ts';
import { CLEAN, PAGES, writeOutput } from './testing/write.ts';
import { parseXml } from './testing/xml.ts';

describe('ALTO', () => {
  test('is XML whatever the text, in pixels, confidences as fractions', async () => {
    const text = await writeOutput('alto');
    expect(XMLValidator.validate(text)).toBe(true);
    const { alto } = parseXml(text);
    expect(alto.Description.MeasurementUnit['#text']).toBe('pixel');
    const [page, failed, last] = alto.Layout.Page;
    expect(page).toMatchObject({
      WIDTH: '1000',
      HEIGHT: '2000',
      PHYSICAL_IMG_NR: '1',
      PC: '0.9125',
    });
    const [block, wide] = page.PrintSpace.TextBlock;
    const line = block.TextLine[0];
    expect(line).toMatchObject({ HPOS: '100', WIDTH: '160', BASELINE: '100,116 260,118' });
    expect(line.String[0]).toMatchObject({ CONTENT: 'Fish', VPOS: '100.4', WC: '0.9125' });
    expect(line.String[1].CONTENT).toBe(CLEAN);
    expect(line.SP).toMatchObject({ HPOS: '150', WIDTH: '10' });
    expect(wide.TextLine[0].SP).toBeUndefined();
    expect(failed).toMatchObject({
      QUALITY: 'Missing',
      QUALITY_DETAIL: 'PAGE_TIMEOUT: It took <too> long.',
    });
    expect(last.PrintSpace.TextBlock[0].TextLine[0].String[0].WC).toBeUndefined();
  });

  test('gives each element an id of its own', async () => {
    const ids = [...(await writeOutput('alto')).matchAll(/ ID="(.+?)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** What the schema of ALTO 4.4 says of the elements that are written: their order and attributes. */
const CHILDREN: Record<string, string[]> = {
  alto: ['Description', 'Tags', 'Layout'],
  Description: ['MeasurementUnit', 'sourceImageInformation', 'OCRProcessing'],
  sourceImageInformation: ['fileName', 'documentIdentifier'],
  OCRProcessing: ['ocrProcessingStep'],
  ocrProcessingStep: ['processingSoftware'],
  processingSoftware: ['softwareName', 'softwareVersion'],
  Tags: ['LayoutTag'],
  Layout: ['Page'],
  Page: ['PrintSpace'],
  PrintSpace: ['TextBlock'],
  TextBlock: ['TextLine'],
  TextLine: ['String', 'SP'],
};
const PLACE = { HPOS: /^-?[\d.]+$/, VPOS: /^-?[\d.]+$/, WIDTH: /^[\d.]+$/, HEIGHT: /^[\d.]+$/ };
const ID = /^[A-Za-z_][\w.-]*$/;
const FRACTION = /^(0(\.\d+)?|1)$/;
const ATTRIBUTES: Record<string, Record<string, RegExp>> = {
  OCRProcessing: { ID },
  LayoutTag: { ID, LABEL: /./ },
  Page: {
    ID,
    PHYSICAL_IMG_NR: /^\d+$/,
    WIDTH: PLACE.WIDTH,
    HEIGHT: PLACE.HEIGHT,
    PROCESSING: ID,
    PC: FRACTION,
    QUALITY: /^(OK|Missing|Missing in original|Damaged|Retained|Target|As in original)$/,
    QUALITY_DETAIL: /./,
  },
  PrintSpace: PLACE,
  TextBlock: { ID, ...PLACE, TAGREFS: /^kind_[a-z-]+$/ },
  TextLine: { ID, ...PLACE, BASELINE: /^[\d.,\- ]+$/ },
  String: { ID, ...PLACE, CONTENT: /^/, WC: FRACTION },
  SP: { HPOS: PLACE.HPOS, VPOS: PLACE.VPOS, WIDTH: PLACE.WIDTH },
};

test('holds to the schema of ALTO 4.4', async () => {
  const layout = { ...buildBlocks([{ kind: 'list', lines: ['1. one', 'more'] }]), page: 4 };
  const text = await writeOutput('alto', { pages: [...PAGES, { number: 4, layout }] });
  const open: string[] = [];
  for (const [, end, name = '', attributes = '', empty] of text.matchAll(
    /<(\/?)([A-Za-z]+)((?: [\w:]+="[^"]*")*)(\/?)>/g,
  )) {
    if (end) open.pop();
    else {
      const parent = open.at(-1);
      if (parent) expect(CHILDREN[parent] ?? [], `${parent} > ${name}`).toContain(name);
      if (parent)
        for (const [, key = '', value] of attributes.matchAll(/ ([\w:]+)="([^"]*)"/g))
          expect(value, `${name} ${key}`).toMatch(ATTRIBUTES[name]?.[key] ?? /^no attribute$/);
      if (!empty) open.push(name);
    }
  }
  expect(open).toEqual([]);
});
