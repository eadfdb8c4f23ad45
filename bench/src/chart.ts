import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machine } from './machine.ts';
import type { Figure } from './result.ts';
import { brief, median } from './spread.ts';
import { keptFigures } from './store.ts';

const file = join(import.meta.dirname, '../../docs/benchmarks.svg');

/** A bar for each figure whose name matches; the first group labels it, those of one label are stacked. */
const panels: readonly (readonly [title: string, of: RegExp])[] = [
  [
    'CPU-seconds for 1,000 messages: webhook, worker, Redis',
    /^whole path, (.+): CPU of the .+ for 1,000$/,
  ],
  [
    'Replies a second, one worker, Graph takes 100 ms',
    /^replies a second at 100 ms of Graph, (.+)$/,
  ],
  ['From delivery to reply, p99 in ms', /^reply p99 at (.+)$/],
  ['CPU of an event, times that with 1,000 waiting', /^a further event when (.+): CPU of all/],
  ['CPU of an event through the queue, µs', /^an event of (.+)$/],
  ['The same, by shards of one Redis', /^an event, (.+)$/],
  ['CPU-seconds for 1,000 messages, by worker processes', /^1,000 messages, (.+)$/],
];

const width = 760;
const labelWidth = 240;
const barWidth = 420;
const lineHeight = 24;
const style = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 } .machine { font-size: 11px }
  .part0 { fill: #0969da } .part1 { fill: #54aeff } .part2 { fill: #b6e3ff }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }
`;

/** Draws what was found on this machine into the documentation. */
export async function drawChart(): Promise<Figure[]> {
  const figures = await keptFigures();
  let top = 0;
  const drawn = panels.flatMap(([title, of]) => {
    const bars = barsOf(figures, of);
    if (bars.size === 0) return [];
    const panel = `<g transform="translate(0 ${top})">${drawPanel(title, bars)}</g>`;
    top += (bars.size + 2) * lineHeight;
    return [panel];
  });
  const below = `<text class="machine" x="0" y="${top + 8}">${machine()}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top + lineHeight}" role="img" aria-label="What messages cost"><style>${style}</style>${drawn.join('\n')}${below}</svg>\n`;
  await writeFile(file, svg);
  process.stdout.write(`${file}\n`);
  return [];
}

/** The parts of each bar, by its label. */
function barsOf(figures: readonly Figure[], of: RegExp): Map<string, number[]> {
  const bars = new Map<string, number[]>();
  for (const { what, values } of figures) {
    const [, label] = of.exec(what) ?? [];
    if (label !== undefined) bars.set(label, [...(bars.get(label) ?? []), median(values)]);
  }
  return bars;
}

function drawPanel(title: string, bars: ReadonlyMap<string, readonly number[]>): string {
  const most = Math.max(...[...bars.values()].map(sum));
  const lines = [...bars].map(([label, parts], index) => {
    const y = (index + 1) * lineHeight;
    let x = labelWidth;
    const rects = parts.map((value, part) => {
      const size = (value / most) * barWidth;
      x += size;
      return `<rect class="part${part}" x="${(x - size).toFixed(1)}" y="${y + 4}" width="${size.toFixed(1)}" height="16"/>`;
    });
    const end = `<text x="${(x + 6).toFixed(1)}" y="${y + 17}">${brief(sum(parts))}</text>`;
    return `<text x="${labelWidth - 8}" y="${y + 17}" text-anchor="end">${label}</text>${rects.join('')}${end}`;
  });
  return `<text class="title" x="0" y="17">${title}</text>${lines.join('\n')}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
