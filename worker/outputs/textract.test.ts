import { expect, test } from 'vitest';
import { writeOutput } from './testing/write.ts';

test('Textract JSON relates pages, lines and words, geometry as ratios', async () => {
  const answer = JSON.parse(await writeOutput('textract'));
  expect(answer).toMatchObject({
    DocumentMetadata: { Pages: 3 },
    JobStatus: 'PARTIAL_SUCCESS',
    Warnings: [{ ErrorCode: 'PAGE_TIMEOUT', Pages: [2] }],
  });
  type Block = {
    BlockType: string;
    Id: string;
    Text?: string;
    Page: number;
    Relationships?: { Type: string; Ids: string[] }[];
  };
  const blocks = answer.Blocks as Block[];
  const byId = new Map(blocks.map((block) => [block.Id, block]));
  expect(byId.size).toBe(blocks.length);
  const [page] = blocks;
  const lines = page?.Relationships?.[0]?.Ids.map((id) => byId.get(id)) ?? [];
  expect(lines.map((line) => line?.BlockType)).toEqual(['LINE', 'LINE']);
  expect(lines[1]?.Text).toBe('漢字');
  const words = lines[0]?.Relationships?.[0]?.Ids.map((id) => byId.get(id)) ?? [];
  expect(words[0]).toMatchObject({
    BlockType: 'WORD',
    Text: 'Fish',
    Confidence: 91.25,
    Page: 1,
    Geometry: {
      BoundingBox: { Left: 0.1, Top: 0.0502, Width: 0.05, Height: 0.0098 },
      Polygon: [
        { X: 0.1, Y: 0.0502 },
        { X: 0.15, Y: 0.0502 },
        { X: 0.15, Y: 0.06 },
        { X: 0.1, Y: 0.06 },
      ],
    },
  });
  expect(JSON.parse(await writeOutput('textract'))).toEqual(answer);
});
