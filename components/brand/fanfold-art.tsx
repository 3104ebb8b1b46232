const LEAVES = [
  { y: 0, left: 30, right: 250, shift: 40, lines: [62, 84, 40] },
  { y: 58, left: 70, right: 290, shift: -40, lines: [78, 54, 88] },
  { y: 116, left: 30, right: 250, shift: 40, lines: [70, 90, 34] },
];
const HEIGHT = 58;

/** A strip of continuous paper, half read. Decorative. */
export function FanfoldArt({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 320 184" aria-hidden="true" className={className}>
      {LEAVES.map((leaf, index) => (
        <Leaf key={leaf.y} {...leaf} read={index < 2} shaded={index === 1} />
      ))}
      <path d="M12 121.5h296" className="stroke-accent" strokeWidth="2" strokeLinecap="round" />
      <path
        d="M12 121.5h296"
        className="stroke-accent opacity-15"
        strokeWidth="10"
        strokeLinecap="round"
      />
    </svg>
  );
}

type LeafProps = (typeof LEAVES)[number] & { read: boolean; shaded: boolean };

function Leaf({ y, left, right, shift, lines, read, shaded }: LeafProps) {
  const outline = `M${left} ${y + 4}H${right}l${shift} ${HEIGHT}H${left + shift}z`;
  const at = (row: number) => left + (shift * row) / HEIGHT;
  return (
    <g>
      <path d={outline} className="fill-paper stroke-line-strong" strokeLinejoin="round" />
      {shaded && <path d={outline} className="fill-ink opacity-[0.035]" />}
      {[12, 28, 44].map((row, index) => (
        <g key={row}>
          <circle cx={at(row) + 9} cy={y + 4 + row} r="1.8" className="fill-line-strong" />
          <circle
            cx={at(row) + right - left - 9}
            cy={y + 4 + row}
            r="1.8"
            className="fill-line-strong"
          />
          <rect
            x={at(row) + 26}
            y={y + row + 1}
            width={((right - left - 52) * (lines[index] ?? 50)) / 100}
            height="6"
            rx="3"
            className={read ? 'fill-accent opacity-70' : 'fill-line-strong opacity-70'}
          />
        </g>
      ))}
    </g>
  );
}
