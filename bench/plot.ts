import { escapeXml } from '#worker/outputs/xml.ts';
import { isOurs, pagesPerMinute, type SetResults } from './report.ts';

/** Pixels. */
const WIDTH = 840;
const LABEL = 340;
const BAR = 20;
const GAP = 6;
const HEADING = 44;
const VALUE = 70;

/** Bars of pages a minute, one panel a set, as SVG that is legible on light and dark. */
export function plot(sets: SetResults[]): string {
  let y = 0;
  const panels = sets.map((each) => {
    const { svg, height } = panel(each, y);
    y += height;
    return svg;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Pages a minute">
<rect width="${WIDTH}" height="${y}" fill="#ffffff" rx="8"/>
${panels.join('\n')}
</svg>
`;
}

function panel(sets: SetResults, top: number): { svg: string; height: number } {
  const speeds = sets.results.map((result) => pagesPerMinute(result, sets));
  const fastest = Math.max(...speeds);
  const title = `${sets.set.truths.length} ${sets.set.title}: pages a minute`;
  const bars = sets.results.map(({ contender }, index) => {
    const speed = speeds[index] as number;
    const y = top + HEADING + index * (BAR + GAP);
    const length = Math.max(2, (speed / fastest) * (WIDTH - LABEL - VALUE));
    const text = y + BAR - 5;
    return `<text x="${LABEL - 10}" y="${text}" text-anchor="end" fill="#334155">${escapeXml(contender.title)}</text>
<rect x="${LABEL}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" rx="3" fill="${isOurs(contender.name) ? '#c2410c' : '#94a3b8'}"/>
<text x="${(LABEL + length + 8).toFixed(1)}" y="${text}" fill="#0f172a">${speed.toFixed(1)}</text>`;
  });
  const heading = `<text x="16" y="${top + 28}" font-weight="600" font-size="15" fill="#0f172a">${escapeXml(title)}</text>`;
  return {
    svg: [heading, ...bars].join('\n'),
    height: HEADING + sets.results.length * (BAR + GAP) + 12,
  };
}
